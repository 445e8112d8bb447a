"""The script of a page with times: it adds the times in the viewer's own time zone, if that differs.

Everything else on the page works without the script. The script is ASCII only, as the page's Content Security
Policy contains a digest of its exact characters.
"""

from base64 import b64encode
from hashlib import sha256

SCRIPT = r"""
(function () {
  "use strict";
  function two(number) { return (number < 10 ? "0" : "") + number; }
  function clock(time) { return two(time.getHours()) + ":" + two(time.getMinutes()); }
  function day(time) {
    return time.getFullYear() + "-" + two(time.getMonth() + 1) + "-" + two(time.getDate());
  }
  var note = document.getElementById("viewer.zone"), differ = false;
  document.querySelectorAll("time[data-end]").forEach(function (element) {
    var start = new Date(element.dateTime), end = new Date(element.dataset.end);
    if (day(start) + "T" + clock(start) === element.dateTime.slice(0, 16)) return;
    var held = element.closest("section").getAttribute("aria-labelledby").slice(4);
    var days = Math.round((Date.parse(day(start)) - Date.parse(held)) / 864e5);
    var own = document.createElement("small");
    own.className = "yours";
    own.textContent = clock(start) + (end - start < 864e5 ? "\u2013" + clock(end) : "")
      + (days > 0 ? " +" + days : days < 0 ? " \u2212" + -days : "");
    element.parentNode.appendChild(own);
    differ = true;
  });
  if (differ) {
    note.querySelector("span").textContent = Intl.DateTimeFormat().resolvedOptions().timeZone;
    note.hidden = false;
  }
})();
"""

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; "
    f"script-src 'sha256-{b64encode(sha256(SCRIPT.encode()).digest()).decode()}'"
)
"""The Content Security Policy (CSP Level 3) of a page with the script.

It allows the script and inline styles. Nothing else may be loaded or run.
"""
