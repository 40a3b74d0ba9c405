"""Whose fault a refusal is: answers of real servers, with invented names."""

import pytest

from monitor.mail.channels.answers import Answer, Fault

NOBODY = [  # the recipient's, whatever becomes of others
    (550, "5.1.1 <lead@example.org>: Recipient address rejected: User unknown in virtual mailbox table"),  # Postfix
    (550, "5.1.1 <lead@example.org>: Recipient address rejected: User unknown in relay recipient table"),
    (550, "<lead@example.org>: Recipient address rejected: User unknown in local recipient table"),
    (550, "5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup"),  # Exchange
    (550, "5.1.1 User unknown"),
    (550, "5.1.1 <lead@example.org>... User unknown"),  # Sendmail
    (553, "5.1.3 <lead@example.org>... Invalid route address"),
    (551, "5.1.6 The user has moved"),
    (556, "5.1.10 <lead@example.org>: Domain example.org does not accept mail (nullMX)"),
    (550, "Unrouteable address"),  # Exim
    (550, "Unknown user"),
    (550, "No Such User Here"),
    (550, "5.1.1 The email account that you tried to reach does not exist. Please try\n5.1.1 double-checking"),  # Gmail
    (550, "5.2.1 The email account that you tried to reach is disabled. https://example.net/?p=DisabledUser"),
    (550, "5.5.0 Requested action not taken: mailbox unavailable (S2017062302)"),
    (550, "#5.1.0 Address rejected."),
]
OURS = [  # ours or the server's, also where others are taken
    (554, "5.7.1 <lead@example.org>: Relay access denied"),  # Postfix
    (504, "5.5.2 <watch>: Helo command rejected: need fully-qualified hostname"),
    (554, "5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.dnsbl.example"),
    (550, "5.7.1 <watch@example.org>: Sender address rejected: not owned by user watch"),
    (550, "5.1.8 <watch@example.org>: Sender address rejected: Domain not found"),
    (550, "5.1.0 <watch@example.org>: Sender address rejected: User unknown in local recipient table"),
    (530, "5.7.0 Must issue a STARTTLS command first"),
    (550, "5.7.1 Authentication required"),
    (550, "5.7.54 SMTP; Unable to relay recipient in non-accepted domain"),  # Exchange
    (530, "5.7.57 SMTP; Client was not authenticated to send anonymous mail during MAIL FROM"),
    (550, "5.7.60 SMTP; Client does not have permissions to send as this sender"),
    (550, "relay not permitted"),  # Exim
    (550, "Verification failed for <watch@example.org>\nSender verify failed"),
    (550, "5.7.1 <lead@example.org>... Relaying denied. Proper authentication required."),  # Sendmail
    (550, "5.7.1 Access denied - invalid HELO name"),
    (550, "5.7.26 This mail has been blocked because the sender is unauthenticated"),  # Gmail
    (530, "5.5.1 Authentication Required"),
    (550, "5.7.1 [192.0.2.1] Our system has detected an unusual rate of unsolicited mail"),
    (421, "4.7.0 Try again later, closing connection"),
    (451, "4.3.0 Error: queue file write error"),
    (452, "4.3.1 Insufficient system storage"),
    (550, "Your account has been suspended"),
    (
        550,
        "5.1.90 Your message can't be sent because you've reached your daily limit for message recipients",
    ),  # Microsoft 365
    (553, "sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)"),  # qmail
    (550, "Delivery is not allowed to this address."),  # hMailServer
    (503, "bad sequence of commands"),
    (450, "4.1.8 <watch@example.org>: Sender address rejected: Domain not found"),
]
PASSING = [  # of this mailbox, for now
    (452, "4.2.2 The recipient's inbox is out of storage space"),
    (452, "4.2.2 mailbox full"),
    (552, "5.2.2 The email account that you tried to reach is over quota"),
    (552, "5.3.4 Message size exceeds fixed limit"),
    (450, "4.2.1 The user you are trying to contact is receiving mail at a rate that is too high"),
    (450, "4.1.1 <lead@example.org>: Recipient address rejected: unverified address"),
]
DEPENDS = [  # on whether others were taken: what then, for it is ours where none was
    (550, "Invalid recipient: <lead@example.org>", Fault.RECIPIENT),  # OpenSMTPD says so where it does not relay, too
    (550, "Rejected", Fault.RECIPIENT),
    (551, "not here", Fault.RECIPIENT),
    (553, "sorry, that is not for us", Fault.RECIPIENT),
    (554, "Transaction failed", Fault.PASSING),
    (550, "5.4.1 Recipient address rejected: Access denied", Fault.OURS),
    (550, "5.5.0 no", Fault.PASSING),
    (550, "5.7.1 Account disabled, contact your provider", Fault.RECIPIENT),  # whose account, only others can tell
    (450, "4.7.1 Greylisted, please try again", Fault.PASSING),
    (451, "try later", Fault.PASSING),
]


@pytest.mark.parametrize("others", [True, False])
@pytest.mark.parametrize(
    ("code", "text", "fault"),
    [
        *((*answer, Fault.RECIPIENT) for answer in NOBODY),
        *((*answer, Fault.OURS) for answer in OURS),
        *((*answer, Fault.PASSING) for answer in PASSING),
    ],
)
def test_what_an_answer_says_counts_whatever_its_code(code: int, text: str, fault: Fault, others: bool) -> None:
    assert Answer(code, text).fault(others) == fault


@pytest.mark.parametrize(("code", "text", "fault"), DEPENDS)
def test_what_hits_all_is_ours(code: int, text: str, fault: Fault) -> None:
    assert Answer(code, text).fault(others_taken=True) == fault
    assert Answer(code, text).fault(others_taken=False) == Fault.OURS


@pytest.mark.parametrize(
    "answer",
    [
        (554, "looks like spam"),
        (550, "no"),
        (554, "5.3.0 unspecified"),
        (554, "5.7.1 blocked"),
        (571, "content"),
        (500, "line too long"),
    ],
)
def test_a_mail_that_is_refused_itself_is_never_given_up_at_once(answer: tuple[int, str]) -> None:
    assert Answer(*answer, at_data=True).fault(others_taken=True) == Fault.PASSING
    assert Answer(*answer, at_data=True).fault(others_taken=False) == Fault.OURS


@pytest.mark.parametrize(
    ("text", "enhanced"),
    [
        ("5.1.1 x", "5.1.1"),
        ("#5.1.0 x", "5.1.0"),
        ("[5.7.1] x", "5.7.1"),
        ("x 5.1.1", ""),
        ("5.1.1234", ""),
        ("192.0.2.1", ""),
        ("", ""),
    ],
)
def test_the_enhanced_code_stands_at_the_beginning(text: str, enhanced: str) -> None:
    assert Answer(550, text).enhanced == enhanced


def test_a_name_in_an_address_or_a_link_says_nothing() -> None:
    assert (
        Answer(554, "<relay-user-unknown@example.org>: see https://x.example/unknown_user").fault(False) == Fault.OURS
    )
