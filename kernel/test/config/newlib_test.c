/* SPDX-License-Identifier: MIT */
/* configUSE_NEWLIB_REENTRANT: _impure_ptr follows the running task, whose state is its own. */
#include "scenario.h"

static struct _reent at_start;
struct _reent *_impure_ptr = &at_start;
static struct _reent *reclaimed;

void _reclaim_reent(struct _reent *state)
{
    reclaimed = state;
}

static void use_state(void *parameter)
{
    struct _reent **seen = parameter;

    CHECK_EQUAL(1000, _impure_ptr->_errno);
    _impure_ptr->_errno = 5;
    *seen = _impure_ptr;
    vTaskDelay(1);
    CHECK_EQUAL(5, _impure_ptr->_errno);
    CHECK(*seen == _impure_ptr);
    vTaskSuspend(NULL);
}

TEST(newlib_state_follows_the_running_task)
{
    struct _reent *own = _impure_ptr, *seen = NULL;
    TaskHandle_t task = spawn(use_state, &seen, 4);

    vTaskDelay(3);
    CHECK(own != &at_start && _impure_ptr == own);
    CHECK(seen != NULL && seen != own);
    CHECK_EQUAL(1000, own->_errno);
    CHECK(reclaimed == NULL);
    vTaskDelete(task);
    CHECK(reclaimed == seen);
}
