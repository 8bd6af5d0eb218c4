;; What an import does with every byte: splits CSV text into fields, recognises rows, reads decimal numbers.
;; Memory, as split.ts lays it out: the text from 0, the found positions from $positions, and from $ends how many
;; positions there were after each line end; the bounds of the asked-for fields by slot; the key of the current row;
;; two areas of remembered rows.
(module
  (memory (export "memory") 698 698)

  ;; Where the arrays of fields begin (i32 by slot but for $escaped, a byte each).
  (global $column_of i32 (i32.const 18939904))
  (global $starts i32 (i32.const 18948096))
  (global $stops i32 (i32.const 18956288))
  (global $escaped i32 (i32.const 18964480))
  ;; Powers of ten as f64.
  (global $powers i32 (i32.const 18983040))
  ;; The key of the row that was last asked about: words of 8 bytes up to its end, and their hash.
  (global $key i32 (i32.const 19005440))
  (global $key_most i32 (i32.const 65536))
  (global $key_bytes (mut i32) (i32.const 0))
  (global $key_hash (mut i64) (i64.const 0))

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

  ;; Splits the text from $from, where a record starts, up to $to, 64 bytes a turn; returns the number of whole records.
  ;; Stops early at the first thing that the careful scanner has to look at: a line end inside quotes, a quote that
  ;; opens inside a field, or one that closes before the field's end.
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
    (local.get $records))

  ;; Bounds of the asked-for fields, from $slot up to $slots, of a record that starts at $from, has $width fields and whose
  ;; positions begin at $first. Slots of columns that the record lacks are left alone.
  (func (export "fields") (param $first i32) (param $from i32) (param $width i32) (param $slot i32) (param $slots i32)
    (local $column i32) (local $start i32) (local $stop i32) (local $at i32) (local $escapes i32)
    (block $done
      (loop $next
        (br_if $done (i32.ge_s (local.get $slot) (local.get $slots)))
        (local.set $column (i32.load (i32.add (global.get $column_of) (i32.shl (local.get $slot) (i32.const 2)))))
        (block $absent
          (br_if $absent (i32.ge_s (local.get $column) (local.get $width)))
          (local.set $at (i32.add (local.get $first) (i32.shl (local.get $column) (i32.const 2))))
          (local.set $stop (i32.load (local.get $at)))
          (local.set $start (local.get $from))
          (if (local.get $column)
            (then (local.set $start (i32.add (i32.load (i32.sub (local.get $at) (i32.const 4))) (i32.const 1)))))
          (local.set $escapes (i32.const 0))
          (if (i32.gt_s (local.get $stop) (local.get $start))
            (then
              (if (i32.eq (i32.load8_u (local.get $start)) (i32.const 34))
                (then
                  (local.set $start (i32.add (local.get $start) (i32.const 1)))
                  (local.set $stop (i32.sub (local.get $stop) (i32.const 1)))
                  (local.set $at (local.get $start))
                  (block $searched
                    (loop $search
                      (br_if $searched (i32.ge_s (local.get $at) (local.get $stop)))
                      (if (i32.eq (i32.load8_u (local.get $at)) (i32.const 34))
                        (then
                          (local.set $escapes (i32.const 1))
                          (br $searched)))
                      (local.set $at (i32.add (local.get $at) (i32.const 1)))
                      (br $search))))
                (else
                  ;; The last field of a line that ends in CR LF.
                  (if (i32.and
                      (i32.eq (i32.add (local.get $column) (i32.const 1)) (local.get $width))
                      (i32.eq (i32.load8_u (i32.sub (local.get $stop) (i32.const 1))) (i32.const 13)))
                    (then (local.set $stop (i32.sub (local.get $stop) (i32.const 1)))))))))
          (i32.store (i32.add (global.get $starts) (i32.shl (local.get $slot) (i32.const 2))) (local.get $start))
          (i32.store (i32.add (global.get $stops) (i32.shl (local.get $slot) (i32.const 2))) (local.get $stop))
          (i32.store8 (i32.add (global.get $escaped) (local.get $slot)) (local.get $escapes)))
        (local.set $slot (i32.add (local.get $slot) (i32.const 1)))
        (br $next))))

  (func $start_of (param $slot i32) (result i32)
    (i32.load (i32.add (global.get $starts) (i32.shl (local.get $slot) (i32.const 2)))))
  (func $stop_of (param $slot i32) (result i32)
    (i32.load (i32.add (global.get $stops) (i32.shl (local.get $slot) (i32.const 2)))))

  ;; The first $bytes bytes of a word; $bytes is less than 8.
  (func $first_bytes (param $word i64) (param $bytes i32) (result i64)
    (i64.and (local.get $word)
      (i64.sub (i64.shl (i64.const 1) (i64.extend_i32_u (i32.shl (local.get $bytes) (i32.const 3)))) (i64.const 1))))

  (func $mixed (param $hash i64) (param $word i64) (result i64)
    (i64.mul (i64.xor (i64.rotl (local.get $hash) (i64.const 5)) (local.get $word)) (i64.const 0x9e3779b97f4a7c15)))

  ;; Writes the key of the current row: $seed, then per field of $order its length with its first 6 bytes in one word
  ;; and the rest in further ones. No field or key of 64 KiB or more has one; then 0, else 1.
  (func $write_key (param $order i32) (param $count i32) (param $seed i32) (result i32)
    (local $at i32) (local $stop i32) (local $length i32) (local $next i32) (local $word i64) (local $hash i64)
    (local $limit i32)
    (global.set $key_bytes (i32.const 0))
    (local.set $limit (i32.add (global.get $key) (global.get $key_most)))
    (local.set $next (i32.add (global.get $key) (i32.const 8)))
    (i64.store (global.get $key) (i64.extend_i32_u (local.get $seed)))
    (local.set $hash (call $mixed (i64.const 0) (i64.extend_i32_u (local.get $seed))))
    (local.set $count (i32.add (local.get $order) (i32.shl (local.get $count) (i32.const 2))))
    (block $done
      (loop $fields
        (br_if $done (i32.ge_u (local.get $order) (local.get $count)))
        (local.set $at (call $start_of (i32.load (local.get $order))))
        (local.set $stop (call $stop_of (i32.load (local.get $order))))
        (local.set $length (i32.sub (local.get $stop) (local.get $at)))
        (if (i32.ge_u (i32.add (i32.add (local.get $next) (local.get $length)) (i32.const 16)) (local.get $limit))
          (then (return (i32.const 0))))
        (local.set $word (i64.load (local.get $at)))
        (if (i32.lt_u (local.get $length) (i32.const 6))
          (then (local.set $word (call $first_bytes (local.get $word) (local.get $length)))))
        (local.set $word
          (i64.or (i64.shl (local.get $word) (i64.const 16)) (i64.extend_i32_u (local.get $length))))
        (local.set $at (i32.add (local.get $at) (i32.const 6)))
        (loop $words
          (i64.store (local.get $next) (local.get $word))
          (local.set $next (i32.add (local.get $next) (i32.const 8)))
          (local.set $hash (call $mixed (local.get $hash) (local.get $word)))
          (if (i32.lt_s (local.get $at) (local.get $stop))
            (then
              (local.set $word (i64.load (local.get $at)))
              (local.set $length (i32.sub (local.get $stop) (local.get $at)))
              (if (i32.lt_u (local.get $length) (i32.const 8))
                (then (local.set $word (call $first_bytes (local.get $word) (local.get $length)))))
              (local.set $at (i32.add (local.get $at) (i32.const 8)))
              (br $words))))
        (local.set $order (i32.add (local.get $order) (i32.const 4)))
        (br $fields)))
    (global.set $key_bytes (i32.sub (local.get $next) (global.get $key)))
    (global.set $key_hash (i64.xor (local.get $hash) (i64.shr_u (local.get $hash) (i64.const 32))))
    (i32.const 1))

  ;; An area of remembered rows: their number, the bytes of their keys; from 64 an open hash table of 65,536 row
  ;; numbers (counted from 1), from 262,208 the hashes, from 524,352 where each key begins, from 655,488 the keys.
  (func $key_begin (param $area i32) (param $row i32) (result i32)
    (i32.load offset=524352 (i32.add (local.get $area) (i32.shl (local.get $row) (i32.const 2)))))
  (func $place_of (param $area i32) (param $slot i32) (result i32)
    (i32.add (local.get $area) (i32.shl (i32.and (local.get $slot) (i32.const 65535)) (i32.const 2))))

  ;; Whether a remembered row has the current key.
  (func $is_same (param $area i32) (param $row i32) (result i32)
    (local $left i32) (local $right i32) (local $stop i32)
    (if (i64.ne
        (i64.load offset=262208 (i32.add (local.get $area) (i32.shl (local.get $row) (i32.const 3))))
        (global.get $key_hash))
      (then (return (i32.const 0))))
    (local.set $left (call $key_begin (local.get $area) (local.get $row)))
    (if (i32.ne
        (i32.sub (call $key_begin (local.get $area) (i32.add (local.get $row) (i32.const 1))) (local.get $left))
        (global.get $key_bytes))
      (then (return (i32.const 0))))
    (local.set $left (i32.add (i32.add (local.get $area) (i32.const 655488)) (local.get $left)))
    (local.set $right (global.get $key))
    (local.set $stop (i32.add (local.get $right) (global.get $key_bytes)))
    (loop $words
      (if (i64.ne (i64.load (local.get $left)) (i64.load (local.get $right))) (then (return (i32.const 0))))
      (local.set $left (i32.add (local.get $left) (i32.const 8)))
      (local.set $right (i32.add (local.get $right) (i32.const 8)))
      (br_if $words (i32.lt_u (local.get $right) (local.get $stop))))
    (i32.const 1))

  ;; Number of the remembered row with the texts of the current one in the $count fields of $order, and the same $seed;
  ;; -1 when there is none.
  (func (export "recall") (param $area i32) (param $order i32) (param $count i32) (param $seed i32) (result i32)
    (local $slot i32) (local $row i32)
    (if (i32.eqz (call $write_key (local.get $order) (local.get $count) (local.get $seed)))
      (then (return (i32.const -1))))
    (local.set $slot (i32.wrap_i64 (global.get $key_hash)))
    (block $absent
      (loop $probe
        (local.set $row (i32.load offset=64 (call $place_of (local.get $area) (local.get $slot))))
        (br_if $absent (i32.eqz (local.get $row)))
        (local.set $row (i32.sub (local.get $row) (i32.const 1)))
        (if (call $is_same (local.get $area) (local.get $row)) (then (return (local.get $row))))
        (local.set $slot (i32.add (local.get $slot) (i32.const 1)))
        (br $probe)))
    (i32.const -1))

  ;; Remembers the row that was last asked about and not known; returns its number, -1 when the area is full.
  (func (export "remember") (param $area i32) (result i32)
    (local $row i32) (local $used i32) (local $slot i32) (local $from i32) (local $to i32) (local $stop i32)
    (local.set $row (i32.load (local.get $area)))
    (local.set $used (i32.load offset=4 (local.get $area)))
    (if (i32.or
        (i32.eqz (global.get $key_bytes))
        (i32.or
          (i32.ge_u (local.get $row) (i32.const 32768))
          (i32.gt_u (i32.add (local.get $used) (global.get $key_bytes)) (i32.const 12582912))))
      (then (return (i32.const -1))))
    (local.set $slot (i32.wrap_i64 (global.get $key_hash)))
    (block $free
      (loop $probe
        (br_if $free (i32.eqz (i32.load offset=64 (call $place_of (local.get $area) (local.get $slot)))))
        (local.set $slot (i32.add (local.get $slot) (i32.const 1)))
        (br $probe)))
    (i32.store offset=64 (call $place_of (local.get $area) (local.get $slot)) (i32.add (local.get $row) (i32.const 1)))
    (i64.store offset=262208 (i32.add (local.get $area) (i32.shl (local.get $row) (i32.const 3)))
      (global.get $key_hash))
    (local.set $from (global.get $key))
    (local.set $stop (i32.add (local.get $from) (global.get $key_bytes)))
    (local.set $to (i32.add (i32.add (local.get $area) (i32.const 655488)) (local.get $used)))
    (loop $words
      (i64.store (local.get $to) (i64.load (local.get $from)))
      (local.set $to (i32.add (local.get $to) (i32.const 8)))
      (local.set $from (i32.add (local.get $from) (i32.const 8)))
      (br_if $words (i32.lt_u (local.get $from) (local.get $stop))))
    (local.set $used (i32.add (local.get $used) (global.get $key_bytes)))
    (i32.store (local.get $area) (i32.add (local.get $row) (i32.const 1)))
    (i32.store offset=4 (local.get $area) (local.get $used))
    (i32.store offset=524356 (i32.add (local.get $area) (i32.shl (local.get $row) (i32.const 2))) (local.get $used))
    (local.get $row))

  ;; A plain decimal such as -12.50 with at most 15 digits that count, which a double holds exactly before the one
  ;; division that places its point; NaN for everything else.
  (func $number (param $at i32) (param $stop i32) (result f64)
    (local $byte i32) (local $mantissa i64) (local $digits i32) (local $seen i32) (local $decimals i32)
    (local $after_point i32) (local $negative i32) (local $value f64)
    (local.set $byte (i32.load8_u (local.get $at)))
    (local.set $negative (i32.eq (local.get $byte) (i32.const 45)))
    (if (i32.or (local.get $negative) (i32.eq (local.get $byte) (i32.const 43)))
      (then (local.set $at (i32.add (local.get $at) (i32.const 1)))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_s (local.get $at) (local.get $stop)))
        (local.set $byte (i32.sub (i32.load8_u (local.get $at)) (i32.const 48)))
        (if (i32.lt_u (local.get $byte) (i32.const 10))
          (then
            (local.set $seen (i32.const 1))
            (local.set $mantissa
              (i64.add (i64.mul (local.get $mantissa) (i64.const 10)) (i64.extend_i32_u (local.get $byte))))
            (local.set $digits
              (i32.add (local.get $digits) (i32.ne (i32.or (local.get $digits) (local.get $byte)) (i32.const 0))))
            (local.set $decimals (i32.add (local.get $decimals) (local.get $after_point))))
          (else
            (if (i32.or (i32.ne (local.get $byte) (i32.const -2)) (local.get $after_point))
              (then (return (f64.const nan))))
            (local.set $after_point (i32.const 1))))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $next)))
    (if (i32.eqz (local.get $seen)) (then (return (f64.const nan))))
    (if (i32.eqz (local.get $digits)) (then (return (f64.const 0))))
    (if (i32.or (i32.gt_s (local.get $digits) (i32.const 15)) (i32.gt_s (local.get $decimals) (i32.const 22)))
      (then (return (f64.const nan))))
    (local.set $value
      (f64.div
        (f64.convert_i64_s (local.get $mantissa))
        (f64.load (i32.add (global.get $powers) (i32.shl (local.get $decimals) (i32.const 3))))))
    (if (result f64) (local.get $negative)
      (then (f64.neg (local.get $value)))
      (else (local.get $value))))

  ;; Reads the $count fields of $order, at most 31, as numbers to $to; blank ones are NaN. Returns a bit for each field
  ;; that needs a closer look.
  (func (export "numbers") (param $order i32) (param $count i32) (param $to i32) (result i32)
    (local $index i32) (local $at i32) (local $stop i32) (local $value f64) (local $odd i32)
    (block $done
      (loop $next
        (br_if $done (i32.ge_s (local.get $index) (local.get $count)))
        (local.set $at
          (call $start_of (i32.load (i32.add (local.get $order) (i32.shl (local.get $index) (i32.const 2))))))
        (local.set $stop
          (call $stop_of (i32.load (i32.add (local.get $order) (i32.shl (local.get $index) (i32.const 2))))))
        (local.set $value (f64.const nan))
        (if (i32.lt_s (local.get $at) (local.get $stop))
          (then
            (local.set $value (call $number (local.get $at) (local.get $stop)))
            (if (f64.ne (local.get $value) (local.get $value))
              (then (local.set $odd (i32.or (local.get $odd) (i32.shl (i32.const 1) (local.get $index))))))))
        (f64.store (i32.add (local.get $to) (i32.shl (local.get $index) (i32.const 3))) (local.get $value))
        (local.set $index (i32.add (local.get $index) (i32.const 1)))
        (br $next)))
    (local.get $odd)))
