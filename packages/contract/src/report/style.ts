/** Colours keep a contrast of 4.5 to 1 in both schemes; severity is always a word, too. */
export const style = `
:root{color-scheme:light dark;--ink:#1c1b1a;--soft:#5c5955;--line:#d9d5cf;--page:#fbfaf8;--card:#fff;--blocking:#a4161a;--dangerous:#8a4b00;--safe:#256029;--mark:#fff3d6}
@media (prefers-color-scheme:dark){:root{--ink:#ecebe8;--soft:#b3afa8;--line:#3b3936;--page:#161514;--card:#201f1d;--blocking:#ff8a80;--dangerous:#ffb74d;--safe:#8fd694;--mark:#3d3112}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.55 system-ui,sans-serif}
header,main{max-width:62rem;margin:0 auto;padding:1.5rem 1.25rem}
main{padding-top:0}
.skip{position:absolute;left:-999px}.skip:focus{left:1rem;top:1rem;background:var(--card);padding:.5rem}
.product{color:var(--soft);margin:0;letter-spacing:.04em}
h1{font-size:1.75rem;line-height:1.25;margin:.25rem 0}
h1.blocking{color:var(--blocking)}h1.safe{color:var(--safe)}
h2{font-size:1.2rem;margin:2.25rem 0 0;border-top:1px solid var(--line);padding-top:1.25rem}
a{color:inherit}
.question{color:var(--soft);margin:.1rem 0 .75rem}
.gap{background:var(--mark);padding:.6rem .8rem;border-radius:.4rem}
nav ul{display:flex;flex-wrap:wrap;gap:.5rem;list-style:none;padding:0;margin:1rem 0 0}
nav a{display:inline-block;border:1px solid var(--line);border-radius:2rem;padding:.25rem .8rem;text-decoration:none;background:var(--card)}
.n{color:var(--soft)}.n.blocking{color:var(--blocking);font-weight:600}.n.dangerous{color:var(--dangerous);font-weight:600}
.findings{list-style:none;padding:0;margin:0}
.findings li{background:var(--card);border:1px solid var(--line);border-left:.3rem solid var(--line);border-radius:.4rem;padding:.6rem .8rem;margin:.5rem 0;overflow-wrap:anywhere}
.findings li.blocking{border-left-color:var(--blocking)}.findings li.dangerous{border-left-color:var(--dangerous)}.findings li.safe{border-left-color:var(--safe)}
.findings p{margin:0}
.severity{font-size:.8rem;text-transform:uppercase;letter-spacing:.05em}
li.blocking .severity{color:var(--blocking)}li.dangerous .severity{color:var(--dangerous)}li.safe .severity{color:var(--safe)}
.remedy{margin-top:.3rem!important}.remedy::before{content:"→ ";color:var(--soft)}
.touched{color:var(--soft);font-size:.85rem;margin-top:.2rem!important}
code,.code{font:.9em ui-monospace,monospace}
.paste{display:block;background:var(--page);border:1px solid var(--line);border-radius:.3rem;padding:.4rem .6rem;margin-top:.3rem;white-space:pre-wrap;overflow-wrap:anywhere}
summary{cursor:pointer;color:var(--soft)}
.nothing{color:var(--soft);margin:0}
.scroll{overflow-x:auto}
table{border-collapse:collapse;font-size:.9rem;font-variant-numeric:tabular-nums}
th,td{padding:.3rem .6rem;border-bottom:1px solid var(--line);text-align:right;white-space:nowrap}
th[scope=row],th:first-child,td:nth-child(2){text-align:left;font-weight:inherit}
thead th{color:var(--soft);font-weight:600}
td.changed{background:var(--mark)}
@media print{nav,.skip{display:none}body{background:#fff;color:#000}.findings li{break-inside:avoid}.scroll{overflow:visible}table{font-size:.7rem}}
`;
