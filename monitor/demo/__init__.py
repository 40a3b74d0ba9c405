"""A small invented authority, with its reports and its local news, served on loopback so that the whole runs offline."""
