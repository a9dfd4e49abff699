/** Starts the page beside the compiler's worker, which is still loading. It must not do anything else. */
import compiled from 'virtual:compiled'
import runner from 'virtual:runner'
import { createClient } from '../worker/client.ts'
import { createApp } from './app.ts'

/** The first worker exists already; a new one starts after it was ended. */
export function start(first: Worker, begin: () => Worker): void {
  let waiting: Worker | undefined = first
  const next = () => {
    const worker = waiting ?? begin()
    waiting = undefined
    return worker
  }
  void createApp(createClient(next), runner, compiled)
}
