/** The worker in which the compiler runs: it takes questions and posts answers. It must not answer any itself. */

import texts from 'virtual:texts'
import ts from 'typescript'
import { type Answer, LOADED, type Question } from './messages.ts'
import { createService } from './service.ts'

const service = createService(ts, texts)

addEventListener('message', ({ data }: MessageEvent<Question>) => {
  const ask = service[data.name] as (...args: readonly unknown[]) => unknown
  let answer: Answer
  try {
    answer = { id: data.id, result: ask(...data.args) }
  } catch (error) {
    answer = { id: data.id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
  postMessage(answer)
})
postMessage({ id: LOADED } satisfies Answer)
