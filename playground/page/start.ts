/** Starts the page with the compiler's worker, which loads meanwhile. It must not do anything else. */
import compiled from 'virtual:compiled'
import runner from 'virtual:runner'
import { createClient } from '../worker/client.ts'
import { createApp } from './app.ts'

export function start(worker: Worker): void {
  void createApp(createClient(worker), runner, compiled)
}
