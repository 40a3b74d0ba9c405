"""What Datasette loads from --plugins-dir: it looks for hooks in files of this folder, ours live in the package."""

from monitor.browse.hooks import (
    extra_css_urls,
    extra_template_vars,
    prepare_jinja2_environment,
    register_routes,
    render_cell,
)

__all__ = ["extra_css_urls", "extra_template_vars", "prepare_jinja2_environment", "register_routes", "render_cell"]
