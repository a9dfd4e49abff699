// Preloaded into a compiler's process: tells at its end how many seconds of processor time it took, which a busy machine changes
// less than the time on the wall. It must not know what the process does.
import { writeFileSync } from 'node:fs'

process.on('exit', () => {
  const { user, system } = process.cpuUsage()
  writeFileSync(process.env.CPU_TIME_FILE, String((user + system) / 1e6))
  // the most that it had at a time, in bytes
  if (process.env.MEMORY_FILE) writeFileSync(process.env.MEMORY_FILE, String(process.resourceUsage().maxRSS * 1024))
})
