-- wrk: posts the golden questions of corpus/questions.toml in turn, and counts every reply that is not 200.
local bodies, turn, failed = {}, 0, 0
for line in io.lines("corpus/questions.toml") do
  local text = line:match('^ask = "(.*)"$')
  if text and not text:find("\\") then
    bodies[#bodies + 1] = '{"question": "' .. text .. '", "history": [], "limit": 3}'
  end
end

wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"

function request()
  turn = turn % #bodies + 1
  return wrk.format(nil, "/api/v1/chat", nil, bodies[turn])
end

function done(summary, latency)
  local errors = summary.errors
  -- connections that ended without an answer, and answers that were none
  io.write(string.format("FAILED connect %d read %d write %d status %d timeout %d\n",
    errors.connect, errors.read, errors.write, errors.status, errors.timeout))
  io.write(string.format("RESULT %d %d %d %d\n", summary.requests, summary.duration,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout, latency:percentile(99)))
end
