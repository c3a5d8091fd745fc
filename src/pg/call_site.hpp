// The place in a query that calls a function: what the function makes of constant arguments it may
// keep there for the rows that follow.
//
//   struct known { bool is; double factor; };
//   double scale(pg::call_site site, double number, std::string_view unit) {
//       known& here = site.state<known>();
//       if (!here.is) here = {site.is_constant(1), factor_of(unit)};
//       return number * here.factor;
//   }
//   PG_FUNCTION(my_scale, scale)
//
// SQL does not see that parameter. Not for functions that return sets or rows: those keep something
// there themselves.
#pragma once

#include <cstddef>
#include <new>
#include <type_traits>

#include "pg/postgres.hpp"

namespace s3sign::pg {

class call_site {
   public:
    explicit call_site(FunctionCallInfo fcinfo) : place_(fcinfo->flinfo) {}

    // Made with T's initial values at the first call, and kept until the query ends; if another C
    // function calls directly, for that call only. T is always the same type.
    template <class T>
    T& state() const {
        static_assert(std::is_trivially_destructible_v<T>, "nothing would destroy it");
        static_assert(alignof(T) <= MAXIMUM_ALIGNOF, "palloc aligns for the server's types only");
        if (place_ == nullptr) return *new (::palloc(sizeof(T))) T();
        if (place_->fn_extra == nullptr)
            place_->fn_extra = new (::MemoryContextAlloc(place_->fn_mcxt, sizeof(T))) T();
        return *static_cast<T*>(place_->fn_extra);
    }

    // True if the argument, counted from 0, is a constant. False for a parameter, unlike
    // get_fn_expr_arg_stable(): PL/pgSQL evaluates an expression again, with other values, at the
    // same place.
    bool is_constant(int argument) const {
        Node* const call = place_ != nullptr ? place_->fn_expr : nullptr;
        if (call == nullptr || !IsA(call, FuncExpr)) return false;
        const List* const arguments = reinterpret_cast<FuncExpr*>(call)->args;
        return argument < ::list_length(arguments) && IsA(list_nth(arguments, argument), Const);
    }

   private:
    FmgrInfo* place_;
};

}  // namespace s3sign::pg
