;; What a person does in Emacs with eglot, on plan.md: see the finding, take the fix, complete a
;; status, rename a key, save.  -*- lexical-binding: t -*-
(require 'package)
(package-initialize)
(require 'eglot)
(require 'markdown-mode)
(setq eglot-confirm-server-initiated-edits nil
      eglot-sync-connect 10
      make-backup-files nil)
;; Emacs asks before it edits several files.
(fset 'y-or-n-p (lambda (&rest _) t))
(find-file "plan.md")
(markdown-mode)
(add-to-list 'eglot-server-programs '(markdown-mode . ("rowmark" "lsp")))
(apply #'eglot--connect (eglot--guess-contact))

(defun at (row text)
  "Go to TEXT in the line that begins with ROW."
  (goto-char (point-min))
  (re-search-forward (concat "^" (regexp-quote row)))
  (beginning-of-line)
  (search-forward text (line-end-position))
  (goto-char (match-beginning 0)))

(defun found (words)
  "Whether a diagnostic that came says WORDS."
  (accept-process-output nil 0.2)
  (cl-some (lambda (d) (string-match-p words (flymake-diagnostic-text d)))
           eglot--diagnostics))

(defun wait-for (what test)
  (let ((left 25))
    (while (and (> left 0) (not (funcall test))) (setq left (1- left)))
    (when (= left 0) (error "%s" what))))

(wait-for "no finding" (lambda () (found "is left blank")))
(at "| ship" "ship")
(eglot--apply-workspace-edit
 (plist-get (seq-elt (jsonrpc-request
                      (eglot-current-server) :textDocument/codeAction
                      (list :textDocument (eglot--TextDocumentIdentifier)
                            :range (list :start (eglot--pos-to-lsp-position)
                                         :end (eglot--pos-to-lsp-position))
                            :context (list :diagnostics [] :only ["quickfix"]))) 0) :edit))
(at "| ship" "Todo")
(let ((items (plist-get (jsonrpc-request (eglot-current-server) :textDocument/completion
                                         (eglot--TextDocumentPositionParams)) :items)))
  (eglot--apply-text-edits
   (vector (plist-get (seq-find (lambda (i) (equal (plist-get i :label) "Doing")) items)
                      :textEdit))))
(at "| print" "print")
(eglot--signal-textDocument/didChange) ; as the idle timer does
(eglot-rename "press")
(wait-for "the finding stayed" (lambda () (not (found "is left blank"))))
(save-some-buffers t)
(eglot-shutdown (eglot-current-server))
