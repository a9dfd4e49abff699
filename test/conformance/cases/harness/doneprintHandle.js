// How an asynchronous case ends; the file stands where test262 has its own.
function $DONE(error) {
  print(error === undefined ? 'Test262:AsyncTestComplete' : `Test262:AsyncTestFailure:${error.message}`)
}
