/**
 * The page: sends code to the compiler, shows and runs the result, and shows the reports of the run.
 * Wiring only; it must not know how anything is compiled, run or drawn.
 */
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import { createEditor, createLoweredView, type Editor } from '../editor/editor.ts'
import { hintElement } from '../editor/hints.ts'
import { type Example, examples } from '../examples/index.ts'
import { short } from '../picture/numbers.ts'
import type { Report, Thrown } from '../run/messages.ts'
import { createRuns, type Runs } from '../run/session.ts'
import type { Client } from '../worker/client.ts'
import type { Compiled, Runnable } from '../worker/messages.ts'
import { createDerivatives } from './derivatives.ts'
import { byId } from './element.ts'
import { exampleIn, hashOfExample, listExamples } from './examples.ts'
import { librariesOf } from './libraries.ts'
import { hashOf, textOf } from './link.ts'
import { createOutputPane, type Place } from './output.ts'
import { createPictures } from './pictures.ts'
import { showProblems } from './problems.ts'
import { createSliders } from './sliders.ts'
import { createStatus } from './status.ts'
import { createThemeSwitch } from './theme.ts'
import { createViews } from './views.ts'

const PAUSE = 180
const MOST_MARKS = 5000
const MOST_PROBLEMS = 200

/** @param inAdvance results for some texts, compiled when the page was built; they are shown until the compiler has loaded. */
export async function createApp(
  client: Client,
  runner: string,
  inAdvance: Readonly<Record<string, Compiled>>,
): Promise<void> {
  const views = createViews(byId('main'), [...document.querySelectorAll<HTMLButtonElement>('.views button')])
  // a narrow page shows one pane, the code first
  if (matchMedia('(max-width: 820px)').matches) views.show('code')
  const status = createStatus()
  const pictures = createPictures(byId('pictures'), byId('computation'))
  const output = createOutputPane(byId('output'), place => goTo(place))
  const lowered = createLoweredView(byId('lowered'))
  const derivatives = createDerivatives(byId('derivatives'), position => goToPosition(position))
  const sliders = createSliders(byId('sliders'), () => runAgain())
  const example = exampleIn(location.hash)
  let runs: Runs | undefined
  let program: Runnable | undefined
  let compiledText: string | undefined
  let last: Compiled | undefined
  let compiling: Promise<void> | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  const editor: Editor = createEditor({
    parent: byId('editor'),
    text: textOf(location.hash) ?? (example ?? examples[0]!).text,
    describedBy: 'editor-help',
    informant: {
      async hint(position) {
        await compiling
        return compiledText === editor.text ? client.hint(position) : undefined
      },
      complete: client.complete,
    },
    changed() {
      clearTimeout(timer)
      timer = setTimeout(() => {
        remember(editor.text)
        void compile()
      }, PAUSE)
    },
    atCursor: hint => byId('at-cursor').replaceChildren(...(hint ? [hintElement(hint)] : [])),
  })

  const goToPosition = (position: number) => {
    views.show('code')
    editor.goTo(position)
  }
  const goTo = ({ line, column }: Place) => {
    const before = editor.text.split('\n').slice(0, line - 1)
    goToPosition(before.reduce((sum, text) => sum + text.length + 1, column - 1))
  }

  function compile(): Promise<void> {
    const { text } = editor
    const known = compiledText === undefined ? inAdvance[text] : undefined
    if (known) accept(known)
    compiling = askFor(text, known)
    return compiling
  }

  async function askFor(text: string, known: Compiled | undefined): Promise<void> {
    let result: Compiled
    try {
      await client.ready
      // the user typed while the compiler loaded: ask for the new text
      if (text !== editor.text) return
      status.compiling()
      result = await client.compile(text)
      status.compiled()
    } catch (error) {
      if (text !== editor.text) return
      status.fail(`The compiler failed: ${error instanceof Error ? error.message.split('\n')[0] : error}`)
      return
    }
    // the user typed meanwhile: a newer answer will come
    if (text !== editor.text) return
    compiledText = text
    if (!known || !isSame(known, result)) accept(result)
  }

  function accept(result: Compiled): void {
    last = result
    showCompiled(result)
    if (!result.runnable) return
    derivatives.show(result.derivatives)
    void begin(result.runnable)
  }

  function showCompiled({ problems, lowered: text, insertions, operators }: Compiled): void {
    editor.showProblems(problems.slice(0, MOST_PROBLEMS))
    // more marks would make the page slow
    editor.showOperators(operators.slice(0, MOST_MARKS))
    showProblems(byId('problems'), problems, goToPosition)
    lowered.show(text, insertions.slice(0, MOST_MARKS))
    byId('results').classList.toggle('stale', problems.length > 0)
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`
    if (problems.length > 0) status.fail(program ? `${count}; results of the last version that compiled` : count)
    if (problems.length > 0 && !program) output.wait('The program runs when its problems are solved.')
  }

  async function begin(next: Runnable): Promise<void> {
    program = next
    const libraries = await librariesOf(next)
    // another program came meanwhile
    if (program === next) runs?.begin(next, libraries, sliders.values)
  }
  function runAgain(): void {
    if (last?.runnable) runs?.again(sliders.values)
  }
  function beforeRun(): void {
    pictures.begin()
    output.clear()
    status.running()
  }

  const show = (report: Report) => {
    switch (report.kind) {
      case 'output':
        return output.print(report.lines, report.dropped)
      case 'picture':
        return pictures.show(report.picture)
      case 'thrown':
        return output.fail(report.thrown.message, placeOf(report.thrown, program))
      case 'values':
        sliders.show(report.sliders)
        return showValues(editor, report, program)
      case 'times':
        return derivatives.time(report.times)
      case 'done':
        pictures.end()
        output.end()
        return status.done(last?.milliseconds ?? 0, report.milliseconds)
    }
  }

  byId('stop').addEventListener('click', () => {
    runs?.stop()
    if (status.isCompiling) client.restart('it was stopped')
    status.fail('Stopped')
  })
  byId('share').addEventListener('click', async () => {
    remember(editor.text)
    await announceCopy()
  })
  createThemeSwitch(byId<HTMLButtonElement>('theme'), pictures.redraw)
  new ResizeObserver(pictures.redraw).observe(byId('pictures'))
  const list = listExamples(byId('examples'), byId('about'))
  list.mark(editor.text)

  const open = ({ text, id }: Example) => {
    runs?.stop()
    sliders.clear()
    pictures.clear()
    derivatives.show([])
    output.wait('')
    program = undefined
    editor.setText(text)
    clearTimeout(timer)
    history.replaceState(null, '', hashOfExample(id))
    list.mark(text)
    void compile()
  }
  addEventListener('hashchange', () => {
    const chosen = exampleIn(location.hash)
    const text = textOf(location.hash)
    if (chosen) open(chosen)
    else if (text !== undefined && text !== editor.text) editor.setText(text)
  })
  /** Stores the text in the current history entry, for Back, a reload and a shared link. */
  function remember(text: string): void {
    const known = examples.find(each => each.text === text)
    try {
      history.replaceState(null, '', known ? hashOfExample(known.id) : hashOf(text))
    } catch {
      // browsers limit the length of an address, and the changes of it in a second
    }
    list.mark(text)
  }
  // the text typed just before
  const keep = () => {
    if (editor.text !== (textOf(location.hash) ?? exampleIn(location.hash)?.text ?? examples[0]!.text))
      remember(editor.text)
  }
  byId('examples').addEventListener('click', keep, { capture: true })

  const first = compile()
  runs = await createRuns(runner, {
    begun: beforeRun,
    report: show,
    endless(milliseconds) {
      const message = `Ended after ${milliseconds / 1000} s without a pause: is there a loop without an end?`
      output.fail(`${message} \`await frame()\` in a loop lets it run on.`, undefined)
      status.fail('Ended: no answer')
    },
    flooded() {
      output.fail('Ended: it sent more than the page can show.', undefined)
      status.fail('Ended: too many messages')
    },
  })
  if (program) void begin(program)
  await first
}

/** Whether two results are the same, apart from their times. */
function isSame(a: Compiled, b: Compiled): boolean {
  return JSON.stringify({ ...a, milliseconds: 0 }) === JSON.stringify({ ...b, milliseconds: 0 })
}

/** Where an exception was thrown, in the user's text. */
function placeOf({ line, column }: Thrown, program: Runnable | undefined): Place | undefined {
  if (line === undefined || line === null || !program) return undefined
  const found = originalPositionFor(new TraceMap(program.map), { line, column: Math.max(0, (column ?? 1) - 1) })
  return found.line === null ? undefined : { line: found.line, column: found.column + 1 }
}

function showValues(editor: Editor, report: Extract<Report, { kind: 'values' }>, program: Runnable | undefined): void {
  const found = new Map(report.variables.map(value => [value.name, value]))
  editor.showValues(
    (program?.variables ?? []).flatMap(({ name, line }) => {
      const value = found.get(name)
      // a leaf without a gradient has its value in the code already
      if (!value || (value.isLeaf && value.grad === null)) return []
      return [{ line, num: short(value.num), grad: value.grad === null ? undefined : short(value.grad) }]
    }),
  )
}

async function announceCopy(): Promise<void> {
  const announcement = byId('announcement')
  const button = byId('share')
  try {
    await navigator.clipboard.writeText(location.href)
    button.textContent = 'Copied'
    announcement.textContent = 'The link is copied. It carries the code.'
  } catch {
    button.textContent = 'In the address bar'
    announcement.textContent = 'The link stands in the address bar. It carries the code.'
  }
  setTimeout(() => {
    button.textContent = 'Copy link'
  }, 2000)
}
