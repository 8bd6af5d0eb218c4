;; Finds the delimiters and line ends of CSV text that stand outside quotes, 64 bytes a turn with SIMD.
;; Memory: the text from 0, the found positions from $positions, and from $ends how many positions there were after
;; each line end. Stops early at the first thing that the careful scanner has to look at: a line end inside quotes, a
;; quote that opens inside a field, or one that closes before the field's end.
(module
  (memory (export "memory") 289 289)

  ;; One bit for each of the 64 bytes at $at that equal $wanted.
  (func $mask (param $at i32) (param $wanted v128) (result i64)
    (i64.or
      (i64.or
        (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (v128.load (local.get $at)) (local.get $wanted))))
        (i64.shl
          (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (v128.load offset=16 (local.get $at)) (local.get $wanted))))
          (i64.const 16)))
      (i64.or
        (i64.shl
          (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (v128.load offset=32 (local.get $at)) (local.get $wanted))))
          (i64.const 32))
        (i64.shl
          (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (v128.load offset=48 (local.get $at)) (local.get $wanted))))
          (i64.const 48)))))

  ;; Bit i: whether an odd number of the bits 0 to i are set.
  (func $parity (param $bits i64) (result i64)
    (local.set $bits (i64.xor (local.get $bits) (i64.shl (local.get $bits) (i64.const 1))))
    (local.set $bits (i64.xor (local.get $bits) (i64.shl (local.get $bits) (i64.const 2))))
    (local.set $bits (i64.xor (local.get $bits) (i64.shl (local.get $bits) (i64.const 4))))
    (local.set $bits (i64.xor (local.get $bits) (i64.shl (local.get $bits) (i64.const 8))))
    (local.set $bits (i64.xor (local.get $bits) (i64.shl (local.get $bits) (i64.const 16))))
    (i64.xor (local.get $bits) (i64.shl (local.get $bits) (i64.const 32))))

  ;; Splits the text from $from, where a record starts, up to $to; returns the number of whole records.
  (func (export "split") (param $from i32) (param $to i32) (param $delimiter i32)
    (param $positions i32) (param $ends i32) (result i32)
    (local $quotes i64) (local $line_ends i64) (local $inside i64) (local $marks i64) (local $found i64)
    (local $closing i64) (local $valid i64) (local $state i64) (local $marks_before i64) (local $closed_last i64)
    (local $next i32) (local $first i32) (local $records i32) (local $left i32) (local $bit i64)
    (local $wanted v128)
    (local.set $wanted (i8x16.splat (local.get $delimiter)))
    (local.set $next (local.get $positions))
    (local.set $first (local.get $positions))
    ;; What stands before the first byte is a line end.
    (local.set $marks_before (i64.const 1))
    (block $done
      (loop $blocks
        (br_if $done (i32.ge_s (local.get $from) (local.get $to)))
        (local.set $quotes (call $mask (local.get $from) (v128.const i8x16 34 34 34 34 34 34 34 34 34 34 34 34 34 34 34 34)))
        (local.set $line_ends (call $mask (local.get $from) (v128.const i8x16 10 10 10 10 10 10 10 10 10 10 10 10 10 10 10 10)))
        (local.set $found (i64.or (local.get $line_ends) (call $mask (local.get $from) (local.get $wanted))))
        (local.set $left (i32.sub (local.get $to) (local.get $from)))
        (if (i32.lt_s (local.get $left) (i32.const 64))
          (then
            (local.set $valid (i64.sub (i64.shl (i64.const 1) (i64.extend_i32_u (local.get $left))) (i64.const 1)))
            (local.set $quotes (i64.and (local.get $quotes) (local.get $valid)))
            (local.set $line_ends (i64.and (local.get $line_ends) (local.get $valid)))
            (local.set $found (i64.and (local.get $found) (local.get $valid))))
          (else (local.set $valid (i64.const -1))))
        (local.set $marks (i64.or (local.get $found) (local.get $quotes)))
        (local.set $inside (local.get $state))
        ;; Most blocks hold no quote, and then nothing about quotes can be wrong but a line end inside one.
        (if (i64.ne (i64.or (local.get $quotes) (local.get $closed_last)) (i64.const 0))
          (then
            (local.set $inside (i64.xor (call $parity (local.get $quotes)) (local.get $state)))
            ;; An opening quote stands behind a delimiter, a line end or the quote it doubles.
            (br_if $done (i64.ne (i64.const 0)
              (i64.and
                (i64.and (local.get $quotes) (local.get $inside))
                (i64.xor (i64.const -1)
                  (i64.or (i64.shl (local.get $marks) (i64.const 1)) (local.get $marks_before))))))
            ;; A closing quote stands before one of these; of the last byte only the next block knows.
            (br_if $done (i64.ne (i64.const 0)
              (i64.and (local.get $closed_last) (i64.xor (local.get $marks) (i64.const -1)))))
            (local.set $closing (i64.and (local.get $quotes) (i64.xor (local.get $inside) (i64.const -1))))
            (br_if $done (i64.ne (i64.const 0)
              (i64.and
                (i64.and (local.get $closing) (i64.shr_u (local.get $valid) (i64.const 1)))
                (i64.xor (i64.const -1) (i64.shr_u (local.get $marks) (i64.const 1))))))
            (local.set $closed_last (i64.shr_u (local.get $closing) (i64.const 63)))
            (local.set $state (i64.shr_s (local.get $inside) (i64.const 63)))))
        (br_if $done (i64.ne (i64.const 0) (i64.and (local.get $line_ends) (local.get $inside))))
        (local.set $marks_before (i64.shr_u (local.get $marks) (i64.const 63)))
        (local.set $found (i64.and (local.get $found) (i64.xor (local.get $inside) (i64.const -1))))
        (block $emitted
          (loop $emit
            (br_if $emitted (i64.eqz (local.get $found)))
            (local.set $bit (i64.ctz (local.get $found)))
            (i32.store (local.get $next) (i32.add (local.get $from) (i32.wrap_i64 (local.get $bit))))
            (local.set $next (i32.add (local.get $next) (i32.const 4)))
            ;; Written for every position and kept for line ends: cheaper than a branch.
            (i32.store
              (i32.add (local.get $ends) (i32.shl (local.get $records) (i32.const 2)))
              (i32.shr_u (i32.sub (local.get $next) (local.get $first)) (i32.const 2)))
            (local.set $records
              (i32.add (local.get $records)
                (i32.and (i32.wrap_i64 (i64.shr_u (local.get $line_ends) (local.get $bit))) (i32.const 1))))
            (local.set $found (i64.and (local.get $found) (i64.sub (local.get $found) (i64.const 1))))
            (br $emit)))
        (local.set $from (i32.add (local.get $from) (i32.const 64)))
        (br $blocks)))
    (local.get $records)))
