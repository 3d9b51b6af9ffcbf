@NullMarked
package io.twostep.kind;

import org.jspecify.annotations.NullMarked;
