@NullMarked
package io.twostep.catalog;

import org.jspecify.annotations.NullMarked;
