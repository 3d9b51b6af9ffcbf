@NullMarked
package io.twostep.search;

import org.jspecify.annotations.NullMarked;
