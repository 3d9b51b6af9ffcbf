/** Delimited text: how its bytes, its lines and its values are told apart, the same for tables and for instances. */
@NullMarked
package io.twostep.csv;

import org.jspecify.annotations.NullMarked;
