"""The figures of restoration as one page of HTML that needs no other file."""

import jinja2

from keras_productgen.evaluation.picture_links import picture_link
from keras_productgen.evaluation.report.page import TEMPLATES

PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Restoration</title>
<style>{% include "style.css" %}</style>
<h1>Restoration</h1>
<p class="muted">{{ found.num_images }} pictures of {{ found.source }}</p>
{% if found.notices %}
<ul class="notices">
{% for notice in found.notices %}<li>{{ notice }}</li>{% endfor %}
</ul>
{% endif %}
<div class="wide"><table>
<caption>PSNR in dB; gain over the best classical method, with its 95 %
interval over pictures; median seconds for a megapixel.</caption>
<thead><tr>
{% for name in found.headings %}<th>{{ name }}</th>{% endfor %}
</tr></thead>
<tbody>
{% for row in found.rows() %}
<tr>{% for text in row %}<td>{{ text }}</td>{% endfor %}</tr>
{% endfor %}
</tbody></table></div>
<h2>Damaged, by the best filter, by the best model, clean</h2>
<div class="wide"><img src="{{ sheet }}" alt="Pictures before and after"></div>
{% if found.skipped %}
<h2>Files that could not be used</h2>
<ul>
{% for name, why in found.skipped.items() %}
<li>{{ name }}: {{ why }}</li>
{% endfor %}
</ul>
{% endif %}
</html>
"""


def render(found):
    """Returns the page of `RestorationScores`, str."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
    )
    sheet = found.sheet()
    link = picture_link(sheet, max(sheet.shape))
    template = environment.from_string(PAGE)
    return template.render(found=found, sheet=link)
