-- Posts the symptom report given as first argument; counts the answers by status.
local file = nil
local threads = {}
local counts = {}

function setup(thread)
  table.insert(threads, thread)
end

function init(args)
  local handle = io.open(args[1], "rb")
  wrk.method = "POST"
  wrk.body = handle:read("*a")
  wrk.headers["Content-Type"] = "application/json"
  handle:close()
  statuses = ""
  seen = {}
end

function response(status)
  seen[status] = (seen[status] or 0) + 1
  local parts = {}
  for s, n in pairs(seen) do parts[#parts + 1] = s .. "=" .. n end
  statuses = table.concat(parts, " ")
end

function done(summary, latency)
  for _, thread in ipairs(threads) do
    for s, n in string.gmatch(thread:get("statuses"), "(%d+)=(%d+)") do
      counts[s] = (counts[s] or 0) + tonumber(n)
    end
  end
  local parts = {}
  for s, n in pairs(counts) do parts[#parts + 1] = s .. ": " .. n end
  print(string.format(
    "  answers {%s}; socket errors %d; %.0f/s; median %.1f ms, 90 %% %.1f ms, 99 %% %.1f ms, max %.1f ms",
    table.concat(parts, ", "),
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout,
    summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1e3, latency:percentile(90) / 1e3, latency:percentile(99) / 1e3,
    latency.max / 1e3))
end
