/* SPDX-License-Identifier: MIT */
#pragma once

/* Gives PendSV and SysTick the lowest urgency, and, with asserts, checks that the configuration of
 * priorities and the vector table can work. Called once, before the first task runs. */
void rtos_port_set_up_exceptions(void);
