// The text of one message as a request, a notification or an answer.
//
//	{"jsonrpc":"2.0","id":7,"method":"initialize","params":{}}    id, method, params
//	{"jsonrpc":"2.0","method":"exit"}                             method
//	{"jsonrpc":"2.0","id":7,"result":null}                        id, result
#ifndef RMK_RPC_MESSAGE_H
#define RMK_RPC_MESSAGE_H

#include "rpc/rpc.h"

// Never NULL: where err->code says that it is malformed, code is how the peer is told, and the
// message has the id, where one could be read.
struct rmk_rpc_message *rmk_rpc_message_read(
    struct rmk_str text, enum rmk_rpc_error *code, struct rmk_err *err);

#endif
