@NullMarked
package io.twostep.evaluation;

import org.jspecify.annotations.NullMarked;
