@NullMarked
package io.twostep.network.web;

import org.jspecify.annotations.NullMarked;
