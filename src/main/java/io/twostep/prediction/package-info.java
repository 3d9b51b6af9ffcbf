@NullMarked
package io.twostep.prediction;

import org.jspecify.annotations.NullMarked;
