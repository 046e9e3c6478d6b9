-- What a person does in Neovim, on plan.md: see the finding, take the fix, complete a status,
-- rename a key, save. Errors end it with words.
local function fail(what)
  io.stderr:write(what .. '\n')
  vim.cmd('cquit')
end

local client = vim.lsp.start_client({
  name = 'rowmark', cmd = { 'rowmark', 'lsp' }, root_dir = vim.fn.getcwd(),
})
vim.lsp.buf_attach_client(0, client)

local function ask(method, params)
  local answers = vim.lsp.buf_request_sync(0, method, params, 5000)
  local answer = answers and answers[client]
  if not answer or answer.err then fail(method .. ': ' .. vim.inspect(answer)) end
  return answer.result
end

-- The cursor at a text of the line that begins so.
local function go(row, text)
  for i, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    if line:sub(1, #row) == row then
      vim.api.nvim_win_set_cursor(0, { i, line:find(text, 1, true) - 1 })
      return vim.lsp.util.make_position_params(0, 'utf-16')
    end
  end
  fail('no line ' .. row)
end

local function codes()
  local all = {}
  for _, d in ipairs(vim.diagnostic.get(0)) do all[d.code or d.user_data.lsp.code] = true end
  return all
end

local ok, why = pcall(function()
  if not vim.wait(5000, function() return codes()['missing-cell'] end) then
    fail('no finding: ' .. vim.inspect(vim.diagnostic.get(0)))
  end
  local params = go('| ship', 'ship')
  params.range = { start = params.position, ['end'] = params.position }
  params.context = { diagnostics = {}, only = { 'quickfix' } }
  vim.lsp.util.apply_workspace_edit(ask('textDocument/codeAction', params)[1].edit, 'utf-16')
  for _, item in ipairs(ask('textDocument/completion', go('| ship', 'Todo')).items) do
    if item.label == 'Doing' then
      vim.lsp.util.apply_text_edits({ item.textEdit }, vim.api.nvim_get_current_buf(), 'utf-16')
    end
  end
  params = go('| print', 'print')
  params.newName = 'press'
  vim.lsp.util.apply_workspace_edit(ask('textDocument/rename', params), 'utf-16')
  if not vim.wait(5000, function() return not codes()['missing-cell'] end) then
    fail('the finding stayed')
  end
  vim.cmd('wall')
end)
if not ok then fail(why) end
vim.lsp.stop_client(client)
vim.cmd('qall')
