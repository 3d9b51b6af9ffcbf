@NullMarked
package io.twostep.prediction.web;

import org.jspecify.annotations.NullMarked;
