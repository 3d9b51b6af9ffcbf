@NullMarked
package io.twostep.crossvalidation;

import org.jspecify.annotations.NullMarked;
