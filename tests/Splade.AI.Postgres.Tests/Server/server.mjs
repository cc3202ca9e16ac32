// PostgreSQL's protocol on loopback over one PGlite with pgvector. usage: node server.mjs MODULES [port] [folder]; MODULES is where npm installed.
// One session serves all connections, so a batch of messages runs as a whole, a transaction keeps the session, prepared
// statements are named by connection, and a COPY FROM STDIN is collected before it runs. It ends with its standard input: with the tests.
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { join } from 'node:path'

const [modules, port = '5432', folder = 'memory://'] = process.argv.slice(2)
const require = createRequire(join(modules, 'server.mjs'))
const { PGlite } = require('@electric-sql/pglite')
const { vector } = require('@electric-sql/pglite-pgvector')
process.stdin.on('end', () => process.exit()).resume()
const db = await PGlite.create({ dataDir: folder, extensions: { vector } })
const waiting = []
let holder = null, running = false, connections = 0

async function run() {
  if (running) return
  running = true
  for (;;) {
    const at = holder ? waiting.findIndex(w => w.connection === holder) : 0
    if (at < 0 || waiting.length === 0) break
    const { connection, bytes, partial, copy } = waiting.splice(at, 1)[0]
    if (connection.closed && bytes) continue
    try {
      let out = bytes ? await db.execProtocolRaw(bytes) : (db.isInTransaction() && await db.exec('ROLLBACK'), null)
      if (out && copy) out = without(out, 0x47)
      if (out?.length && !connection.closed) connection.socket.write(Buffer.from(out))
    } catch (e) { console.error(e); connection.socket.destroy() }
    holder = !connection.closed && (partial || db.isInTransaction()) ? connection : null
  }
  running = false
}
function without(out, type) {
  const kept = [], view = Buffer.from(out)
  for (let at = 0; at < view.length;) { const end = at + 1 + view.readInt32BE(at + 1); if (view[at] !== type) kept.push(view.subarray(at, end)); at = end }
  return Buffer.concat(kept)
}
function named(message, id) {
  const type = String.fromCharCode(message[0]), body = message.subarray(5), zero = i => body.indexOf(0, i)
  let from = -1
  if (type === 'P') from = 0
  else if (type === 'B') from = zero(0) + 1
  else if ((type === 'D' || type === 'C') && body[0] === 0x53) from = 1
  if (from < 0 || zero(from) === from) return message
  const prefix = Buffer.from(`c${id}_`), result = Buffer.concat([message.subarray(0, 5 + from), prefix, body.subarray(from)])
  result.writeInt32BE(result.length - 1, 1)
  return result
}
createServer(socket => {
  const connection = { socket, id: ++connections, closed: false }
  let buffer = Buffer.alloc(0), batch = [], started = false, copying = null
  const submit = (bytes, more = {}) => { waiting.push({ connection, bytes, ...more }); run() }
  socket.setNoDelay(true)
  socket.on('error', () => {})
  socket.on('close', () => { connection.closed = true; if (holder === connection) submit(null) })
  socket.on('data', data => {
    buffer = Buffer.concat([buffer, data])
    for (;;) {
      if (!started) {
        if (buffer.length < 8 || buffer.length < buffer.readInt32BE(0)) return
        const length = buffer.readInt32BE(0), code = buffer.readInt32BE(4), message = buffer.subarray(0, length)
        buffer = buffer.subarray(length)
        if (code === 80877103 || code === 80877104) socket.write('N')
        else if (code === 80877102) return socket.end()
        else { started = true; submit(new Uint8Array(message)) }
        continue
      }
      if (buffer.length < 5 || buffer.length < 1 + buffer.readInt32BE(1)) return
      const length = 1 + buffer.readInt32BE(1), message = Buffer.from(buffer.subarray(0, length)), type = String.fromCharCode(message[0])
      buffer = buffer.subarray(length)
      if (type === 'X') return socket.end()
      if (copying) {
        copying.push(message)
        if (type === 'c' || type === 'f') { submit(new Uint8Array(Buffer.concat(copying)), { copy: true }); copying = null }
        continue
      }
      const sql = type === 'Q' ? message.subarray(5, -1).toString() : ''
      const copy = /^\s*copy\s+[^()]+(?:\(([^()]*)\))?\s*from\s+stdin\b(.*)/is.exec(sql)
      if (copy) {
        const columns = copy[1] ? copy[1].split(',').length : 0, binary = /binary/i.test(copy[2]) ? 1 : 0, answer = Buffer.alloc(8 + 2 * columns)
        answer.write('G'); answer.writeInt32BE(7 + 2 * columns, 1); answer[5] = binary; answer.writeInt16BE(columns, 6)
        for (let i = 0; i < columns; i++) answer.writeInt16BE(binary, 8 + 2 * i)
        copying = [message]; socket.write(answer)
        continue
      }
      batch.push(named(message, connection.id))
      if ('QSHp'.includes(type)) { submit(new Uint8Array(Buffer.concat(batch)), { partial: type === 'H' }); batch = [] }
    }
  })
}).listen(Number(port), '127.0.0.1', function () { console.log(`listening on ${this.address().port}`) })
