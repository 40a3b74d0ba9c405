# The daemon and Datasette in one image: compose.yaml runs both, docs/operations.md says how.
FROM python:3.13-slim AS build
WORKDIR /src
COPY requirements.lock ./
# The lock holds all that there is, so nothing is resolved: what its hashes do not name cannot come in.
RUN python -m venv /opt/ofsted-watch \
 && /opt/ofsted-watch/bin/pip install --no-cache-dir --no-deps --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY scraper scraper
COPY monitor monitor
RUN /opt/ofsted-watch/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.13-slim
# config.yaml is mounted into this folder. Its `data: data` is then the volume, and no command needs --config.
WORKDIR /srv/ofsted-watch
# A number that stays: the files of the volume belong to it.
RUN useradd --uid 10001 --user-group --home-dir /srv/ofsted-watch --no-create-home ofsted-watch \
 && install -d -m 750 -o ofsted-watch -g ofsted-watch data
COPY --from=build /opt/ofsted-watch /opt/ofsted-watch
ENV PATH=/opt/ofsted-watch/bin:$PATH \
    PYTHONUNBUFFERED=1
USER 10001:10001
VOLUME /srv/ofsted-watch/data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5m --timeout=30s --start-period=1m CMD ["ofsted-watch", "status", "--alive"]
CMD ["ofsted-watch", "run"]
