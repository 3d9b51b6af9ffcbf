@NullMarked
package io.twostep.model.web;

import org.jspecify.annotations.NullMarked;
