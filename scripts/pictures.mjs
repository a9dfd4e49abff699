// The pictures of docs/compiled-gradients.md as SVG, in the colours of the palette: light, and dark where the reader's system is. Each has a
// ground of its own, so that it can be read on any page. It must not know the pages.

/** The colours of both themes by name, from the palette's variables; amber stands for gradients, as in the playground. */
function coloursIn(palette) {
  const [light, dark] = palette
    .split('}')
    .map(block =>
      Object.fromEntries([...block.matchAll(/--([\w-]+):\s*(#\w+)/g)].map(([, name, value]) => [name, value])),
    )
  return { light: { ...light, gradient: '#a34a0a' }, dark: { ...light, ...dark, gradient: '#f2ac66' } }
}

const styleOf = ({ ground, 'ground-soft': soft, edge, ink, 'ink-soft': inkSoft, brand, gradient }) => `
.ground { fill: ${ground} } .box { fill: ${soft}; stroke: ${edge} } .line { stroke: ${inkSoft}; fill: none } .tip { fill: ${inkSoft} }
.value { stroke: ${brand} } .back { stroke: ${gradient} } text { fill: ${ink} } .soft { fill: ${inkSoft} } .teal { fill: ${brand} } .amber { fill: ${gradient} }`

const escaped = text => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const round = x => Math.round(x * 10) / 10

const text = (x, y, words, name = '', more = '') =>
  `<text x="${round(x)}" y="${round(y)}"${name && ` class="${name}"`}${more && ` ${more}`}>${escaped(words)}</text>`
const middle = (x, y, words, name) => text(x, y, words, name, 'text-anchor="middle"')
/** Lines of code from a point on. */
const code = (x, y, lines, name = '') =>
  lines.map((line, i) => text(x, y + 18 * i, line, `code${name && ` ${name}`}`, 'xml:space="preserve"')).join('\n')
const box = (x, y, width, height, name = '') =>
  `<rect x="${round(x)}" y="${round(y)}" width="${width}" height="${height}" rx="8" class="box${name && ` ${name}`}"/>`
const arrow = (path, name = '') => `<path d="${path}" class="line${name && ` ${name}`}" marker-end="url(#tip)"/>`

function picture(colours, width, height, title, parts) {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}" font-family="ui-sans-serif, system-ui, 'Segoe UI', Roboto, 'Liberation Sans', Arial, sans-serif" font-size="13">
<style>${styleOf(colours.light)}
.code { font: 11.5px ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace } .head { font-weight: 600 }
@media (prefers-color-scheme: dark) {${styleOf(colours.dark)} }
</style>
<defs><marker id="tip" viewBox="0 0 6 6" refX="5" refY="3" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L6 3L0 6z" class="tip"/></marker></defs>
<rect width="${width}" height="${height}" rx="12" class="ground"/>
${parts.flat().join('\n')}
</svg>
`
}

const forward = ['let y = x', 'for (let i = 0; i < w.length; i++) {', '  y = Math.sin(w[i] * y)', '}', 'return y']
const backward = [
  'for (let i = w.length - 1; i >= 0; i--) {',
  '  const y2 = T[sp]',
  '  const wAt = w[i]',
  '  const dT = dY * Math.cos(wAt * y2)',
  '  dW[i] += dT * y2',
  '  dY = dT * wAt',
  '}',
]

/** The turns of a loop and of its way back as a line, with arcs from each turn to where its values are needed. */
function lineOfTurns() {
  const turns = [0, 1, 2]
  const out = i => 125 + 110 * i
  const home = i => 675 - 110 * i
  const row = 268
  const arcs = turns.map(i => {
    const [from, to] = [out(i), home(i)]
    const top = 214 - 14 * (2 - i)
    return [
      `<path d="M${from} ${row - 18}C${from} ${top} ${to} ${top} ${to} ${row - 20}" class="line" stroke-dasharray="4 3" marker-end="url(#tip)"/>`,
    ]
  })
  const stops = turns.flatMap(i => [
    `<circle cx="${out(i)}" cy="${row}" r="17" class="box value"/>`,
    middle(out(i), row + 4, String(i + 1), 'teal'),
    `<circle cx="${home(i)}" cy="${row}" r="17" class="box back"/>`,
    middle(home(i), row + 4, String(i + 1), 'amber'),
  ])
  const steps = [0, 1].flatMap(i => [
    arrow(`M${out(i) + 19} ${row}H${out(i + 1) - 20}`),
    arrow(`M${home(i + 1) + 19} ${row}H${home(i) - 20}`),
  ])
  const last = [arrow(`M${out(2) + 19} ${row}H${home(2) - 20}`), middle(400, row - 8, 'y', 'code soft')]
  const below = [
    middle(out(1), row + 38, 'the turns, which give the value', 'soft'),
    middle(home(1), row + 38, 'the turns again, which give the gradient', 'soft'),
  ]
  return [...arcs.flat(), ...steps, ...stops, ...last, ...below]
}

/** A loop, what its turns keep, and the loop that runs backwards. */
function wayBack(colours) {
  return picture(
    colours,
    800,
    330,
    'A loop with three turns keeps y of each turn; the compiled loop runs the turns from the last to the first and takes each y from there',
    [
      [box(16, 16, 284, 132), text(30, 38, 'your function', 'head'), code(30, 60, forward)],
      [box(470, 16, 314, 166), text(484, 38, 'its way back, compiled', 'head'), code(484, 60, backward)],
      [box(322, 16, 126, 132), text(336, 38, 'what it keeps', 'head')],
      [0, 1, 2].flatMap(i => [
        `<rect x="336" y="${50 + 30 * i}" width="98" height="24" rx="5" class="box value"/>`,
        middle(385, 66 + 30 * i, `y of turn ${i + 1}`, 'teal'),
      ]),
      [arrow('M300 82H320'), arrow('M448 82H468')],
      lineOfTurns(),
    ],
  )
}

const rows = [
  {
    lines: ['for (let i = 0; i < w.length; i++) {', '  sum += w[i] ** 2', '}'],
    cells: [],
    why: ['nothing: w is still there,', 'and i can be counted down'],
  },
  {
    lines: ['for (let i = 0; i < w.length; i++) {', '  y = Math.tanh(w[i] * y)', '}'],
    cells: ['y'],
    why: ['y: the turn overwrites it,', 'and its partial needs it'],
  },
  {
    lines: ['while (y > 0.1) {', '  y *= Math.sin(y)', '}'],
    cells: ['t', 'y'],
    why: ['y and t = Math.sin(y), which is', 'dear to compute again; at the end', 'n, the number of turns'],
  },
]

/** What the turns of three loops keep. */
function kept(colours) {
  const parts = rows.flatMap(({ lines, cells, why }, r) => {
    const y = 44 + 92 * r
    const stack = [0, 1, 2].flatMap(turn =>
      cells.map((cell, i) => {
        const x = 322 + 62 * turn + 27 * i
        return `<rect x="${x}" y="${y + 22}" width="25" height="26" rx="4" class="box value"/>${middle(x + 12.5, y + 39, cell, 'code teal')}`
      }),
    )
    const count =
      r === 2
        ? [
            `<rect x="508" y="${y + 22}" width="25" height="26" rx="4" class="box back"/>${middle(520.5, y + 39, 'n', 'code amber')}`,
          ]
        : []
    const none = cells.length === 0 ? [text(322, y + 39, '–', 'soft')] : []
    return [
      box(16, y, 284, 74),
      code(30, y + 22, lines),
      ...stack,
      ...none,
      ...count,
      ...why.map((line, i) => text(552, y + 30 + 18 * i - 9 * (why.length - 2), line, 'soft')),
    ]
  })
  const heads = [
    text(30, 30, 'the loop', 'head'),
    text(322, 30, 'three turns keep', 'head'),
    text(552, 30, 'because', 'head'),
  ]
  return picture(
    colours,
    800,
    328,
    'A loop of sums keeps nothing; one that overwrites y keeps y of each turn; a while loop keeps y and the sine, and the number of its turns',
    [heads, parts],
  )
}

const asked = [
  { y: 60, what: 'plain numbers', example: '(x: number[]) => …' },
  { y: 164, what: 'tracked numbers, or no type', example: 'x: NumberWithGrad, or x => x ** 2' },
  { y: 268, what: 'a Differentiable, passed on', example: '(f: Differentiable<…>) => grad(f)' },
]
const answers = [
  {
    y: 30,
    name: 'value',
    title: 'compiled',
    lines: ['ordinary code beside the call;', 'nothing is recorded'],
    from: 91,
    note: 'understood',
  },
  {
    y: 110,
    name: 'back',
    title: 'the build fails',
    lines: ['TS94001 and following, at the place', 'in f, with what to do'],
    from: 91,
    note: 'else',
  },
  {
    y: 190,
    name: '',
    title: 'the tape',
    lines: ['f runs on tracked numbers,', 'and each operation is recorded'],
    from: 195,
    note: '',
  },
  {
    y: 270,
    name: '',
    title: 'found on the function',
    lines: ['compiled where it was passed first;', 'if it was not, the call throws'],
    from: 299,
    note: '',
  },
]

/** Which engine finds a derivative, and when that is known. */
function engines(colours) {
  const question = asked.flatMap(({ y, what, example }) => [
    box(140, y, 270, 62),
    text(154, y + 25, what, 'head'),
    code(154, y + 46, [example], 'soft'),
    arrow(`M84 195C112 195 108 ${y + 31} 137 ${y + 31}`),
  ])
  const results = answers.flatMap(({ y, name, title, lines, from, note }) => [
    box(516, y, 268, 68, name),
    text(530, y + 22, title, 'head'),
    ...lines.map((line, i) => text(530, y + 40 + 17 * i, line, 'soft')),
    arrow(`M410 ${from}C462 ${from} 458 ${y + 34} 513 ${y + 34}`),
    ...(note ? [middle(y === 30 ? 456 : 440, y === 30 ? 58 : 130, note, 'soft')] : []),
  ])
  return picture(
    colours,
    800,
    356,
    'grad of a function on plain numbers is compiled, or the build fails; one on tracked numbers is recorded on the tape; one that is passed on carries its derivative',
    [
      [box(16, 170, 68, 50), middle(50, 199, 'grad(f)', 'code')],
      [text(154, 32, 'what does f take?', 'head'), text(154, 50, 'its type says it, before it runs', 'soft')],
      question,
      results,
    ],
  )
}

/** The pictures by their paths. */
export function pictures(palette) {
  const colours = coloursIn(palette)
  return {
    'docs/pictures/way-back.svg': wayBack(colours),
    'docs/pictures/kept.svg': kept(colours),
    'docs/pictures/engines.svg': engines(colours),
  }
}
