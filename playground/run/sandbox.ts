/**
 * The sandbox for a program that is not trusted: a worker in a frame with an opaque origin, without access to the page or the network.
 * It must not know what the program does.
 */

const POLICY = "default-src 'none'; script-src 'unsafe-inline' blob:; worker-src blob:"

/**
 * The script of the frame: starts and stops the worker, and passes messages on. Reading messages takes the page's time: a worker that
 * takes more than three tenths of it is ended.
 */
export const RELAY = `
let worker
addEventListener('message', ({ data, source }) => {
  if (source !== parent) return
  if (data.kind === 'pass') return worker?.postMessage(data.message)
  worker?.terminate()
  worker = undefined
  if (data.kind === 'stop') return
  worker = new Worker(URL.createObjectURL(new Blob([data.script], { type: 'text/javascript' })))
  let [began, spent] = [performance.now(), 0]
  worker.onmessage = event => {
    const start = performance.now()
    parent.postMessage(event.data, '*')
    const now = performance.now()
    if (now - began > 1000) [began, spent] = [now, 0]
    spent += now - start + 0.05
    if (spent < 300) return
    worker?.terminate()
    worker = undefined
    parent.postMessage('flooded', '*')
  }
})
parent.postMessage('ready', '*')`

export interface Sandbox {
  /** Ends the current worker, if there is one, and starts a new one. */
  start(): void
  stop(): void
  post(message: unknown): void
}

/** @param script the worker's script. @param receive called with each message. @param flooded called when the worker posted too much and was ended. */
export function createSandbox(
  script: string,
  receive: (message: unknown) => void,
  flooded: () => void,
): Promise<Sandbox> {
  const frame = document.createElement('iframe')
  frame.setAttribute('sandbox', 'allow-scripts')
  frame.title = 'where programs run'
  frame.hidden = true
  frame.srcdoc = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${POLICY}"><script>${RELAY}</script>`
  const send = (message: unknown) => frame.contentWindow?.postMessage(message, '*')
  const sandbox: Sandbox = {
    start: () => send({ kind: 'start', script }),
    stop: () => send({ kind: 'stop' }),
    post: message => send({ kind: 'pass', message }),
  }
  return new Promise(resolve => {
    addEventListener('message', ({ data, source }) => {
      if (source !== frame.contentWindow) return
      if (data === 'ready') resolve(sandbox)
      else if (data === 'flooded') flooded()
      else receive(data)
    })
    document.body.append(frame)
  })
}
