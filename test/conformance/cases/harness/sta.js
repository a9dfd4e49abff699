// What the cases throw; the file stands where test262 has its own.
function Test262Error(message) {
  this.message = message
}
