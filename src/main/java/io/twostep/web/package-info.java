@NullMarked
package io.twostep.web;

import org.jspecify.annotations.NullMarked;
