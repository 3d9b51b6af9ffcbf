@NullMarked
package io.twostep.crossvalidation.store;

import org.jspecify.annotations.NullMarked;
