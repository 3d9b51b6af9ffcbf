@NullMarked
package io.twostep.model;

import org.jspecify.annotations.NullMarked;
