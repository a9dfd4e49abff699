/**
 * The pictures of a run, each under its title; a new picture replaces the one with the same title.
 * It must not know what programs are.
 */
import { type FieldColours, type FieldPicture, fieldPicture } from '../picture/field.ts'
import { graphPicture } from '../picture/graph.ts'
import { plotPicture, seriesPicture } from '../picture/plot.ts'
import type { Field, Graph, Picture, Plot, Series } from '../run/messages.ts'
import { html } from './element.ts'

type Path = readonly (readonly [number, number])[]
interface Shown {
  readonly figure: HTMLElement
  picture: Plot | Series | Field
  path: Path
  /** The drawn field, kept while only its path changes. */
  field: FieldPicture | undefined
}

export interface Pictures {
  show(picture: Picture): void
  /** Starts a run: pictures that it does not draw again are removed at its end. */
  begin(): void
  end(): void
  clear(): void
  /** Redraws all pictures, after a change of colours or width. */
  redraw(): void
  readonly isEmpty: boolean
}

export function createPictures(parent: HTMLElement, computation: HTMLElement): Pictures {
  const shown = new Map<string, Shown>()
  let graphs = new Map<string, Graph>()
  let chosen: string | undefined
  let fresh = new Set<string>()
  const pending = new Set<Shown>()
  let isScheduled = false

  const draw = () => {
    isScheduled = false
    const colours = fieldColours()
    for (const each of pending) {
      const { path, figure, field } = each
      if (field) {
        field.walk(path)
        continue
      }
      const width = Math.max(260, figure.clientWidth || parent.clientWidth)
      figure.lastElementChild!.replaceWith(drawn(each, width, colours))
    }
    pending.clear()
  }
  const schedule = (each: Shown) => {
    pending.add(each)
    if (isScheduled) return
    isScheduled = true
    // users who prefer reduced motion see fewer steps
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) setTimeout(draw, 500)
    else requestAnimationFrame(draw)
  }
  const put = (key: string, picture: Plot | Series | Field) => {
    const known = shown.get(key)
    fresh.add(key)
    if (known) {
      known.picture = picture
      known.field = undefined
      return known
    }
    const figure = html('figure', { class: picture.kind }, html('figcaption', {}, picture.title), html('div'))
    const each: Shown = { figure, picture, path: [], field: undefined }
    shown.set(key, each)
    parent.append(figure)
    return each
  }
  const drawGraphs = () => {
    const titles = [...graphs.keys()]
    const title = chosen !== undefined && graphs.has(chosen) ? chosen : titles.at(-1)
    const current = title === undefined ? undefined : graphs.get(title)
    if (!current) return computation.replaceChildren()
    const choose = (other: string) => {
      chosen = other
      drawGraphs()
      computation.querySelector<HTMLElement>('[aria-pressed="true"]')?.focus()
    }
    keepScroll(computation, () => computation.replaceChildren(graphFigure(current, titles, choose)))
  }
  return {
    show(picture) {
      if (picture.kind === 'graph') {
        // each run sends the names again; the newest goes in front
        graphs.delete(picture.title)
        graphs.set(picture.title, picture)
        drawGraphs()
      } else if (picture.kind === 'visited') {
        const map = shown.get(`contours ${picture.title}`)
        if (!map) return
        map.path = picture.path
        schedule(map)
      } else {
        const each = put(`${picture.kind} ${picture.title}`, picture)
        if (picture.kind === 'contours') each.path = []
        schedule(each)
      }
    },
    begin() {
      fresh = new Set()
      graphs = new Map()
    },
    end() {
      for (const [key, { figure }] of shown)
        if (!fresh.has(key)) {
          figure.remove()
          shown.delete(key)
        }
      drawGraphs()
    },
    clear() {
      for (const { figure } of shown.values()) figure.remove()
      shown.clear()
      graphs = new Map()
      drawGraphs()
    },
    redraw() {
      for (const each of shown.values()) {
        each.field = undefined
        schedule(each)
      }
    },
    get isEmpty() {
      return shown.size === 0 && graphs.size === 0
    },
  }
}

function drawn(each: Shown, width: number, colours: FieldColours): HTMLElement {
  const { picture, path } = each
  switch (picture.kind) {
    case 'plot':
      return plotPicture(picture, width)
    case 'series':
      return seriesPicture(picture, width)
    default:
      each.field = fieldPicture(picture, path, width, colours)
      return each.field.element
  }
}

function graphFigure(graph: Graph, titles: readonly string[], choose: (title: string) => void): HTMLElement {
  const caption = html('figcaption', {}, 'Computation')
  if (titles.length > 1) {
    const buttons = titles.map(title => {
      const button = html('button', { type: 'button', 'aria-pressed': String(title === graph.title) }, title)
      button.addEventListener('click', () => choose(title))
      return button
    })
    caption.append(html('span', { class: 'choices', role: 'group', 'aria-label': 'Computation of' }, ...buttons))
  }
  return html('figure', { class: 'computation' }, caption, graphPicture(graph))
}

/** Keeps scroll positions. */
function keepScroll(parent: HTMLElement, change: () => void): void {
  const before = parent.querySelector('.graph')
  const { scrollLeft = 0, scrollTop = 0 } = before ?? {}
  const isFocused = document.activeElement === before && before !== null
  change()
  const after = parent.querySelector<HTMLElement>('.graph')
  if (!after) return
  after.scrollLeft = scrollLeft
  after.scrollTop = scrollTop
  if (isFocused) after.focus()
}

/** The theme's colours for canvases, which have no CSS variables. */
function fieldColours(): FieldColours {
  const style = getComputedStyle(document.documentElement)
  const colour = (name: string) => {
    const [red = 0, green = 0, blue = 0] = style.getPropertyValue(name).trim().split(/\s+/).map(Number)
    return [red, green, blue] as const
  }
  return { low: colour('--field-low'), high: colour('--field-high'), ground: colour('--field-ground') }
}
