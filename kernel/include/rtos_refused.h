/* SPDX-License-Identifier: MIT */
/*
 * Options of the API whose feature this kernel does not have. A configuration may name them as off;
 * one that relies on them is told so at the first compilation, instead of running without.
 */
#pragma once

/* Memory protection */
#ifndef configENABLE_MPU
#define configENABLE_MPU 0
#endif
#ifndef configUSE_MPU_WRAPPERS_V1
#define configUSE_MPU_WRAPPERS_V1 0
#endif
#ifndef configENABLE_ACCESS_CONTROL_LIST
#define configENABLE_ACCESS_CONTROL_LIST 0
#endif
#ifndef configINCLUDE_APPLICATION_DEFINED_PRIVILEGED_FUNCTIONS
#define configINCLUDE_APPLICATION_DEFINED_PRIVILEGED_FUNCTIONS 0
#endif
#if configENABLE_MPU == 1
#error "configENABLE_MPU must be 0: tasks are not confined by a memory protection unit"
#endif
#if configUSE_MPU_WRAPPERS_V1 == 1
#error "configUSE_MPU_WRAPPERS_V1 must be 0: there is no memory protection to wrap calls for"
#endif
#if configENABLE_ACCESS_CONTROL_LIST == 1
#error "configENABLE_ACCESS_CONTROL_LIST must be 0: every task may use every kernel object"
#endif
#if configINCLUDE_APPLICATION_DEFINED_PRIVILEGED_FUNCTIONS == 1
#error "configINCLUDE_APPLICATION_DEFINED_PRIVILEGED_FUNCTIONS must be 0: all code is privileged"
#endif

/* TrustZone and pointer authentication */
#ifndef configENABLE_TRUSTZONE
#define configENABLE_TRUSTZONE 0
#endif
#ifndef configRUN_FREERTOS_SECURE_ONLY
#define configRUN_FREERTOS_SECURE_ONLY 0
#endif
#ifndef configENABLE_PAC
#define configENABLE_PAC 0
#endif
#ifndef configENABLE_BTI
#define configENABLE_BTI 0
#endif
#if configENABLE_TRUSTZONE == 1
#error "configENABLE_TRUSTZONE must be 0: tasks have no secure contexts"
#endif
#if configRUN_FREERTOS_SECURE_ONLY == 1
#error "configRUN_FREERTOS_SECURE_ONLY must be 0: no port runs on the secure side"
#endif
#if configENABLE_PAC == 1
#error "configENABLE_PAC must be 0: return addresses of tasks are not signed"
#endif
#if configENABLE_BTI == 1
#error "configENABLE_BTI must be 0: the ports have no landing pads"
#endif

/* Several cores */
#ifndef configNUMBER_OF_CORES
#define configNUMBER_OF_CORES 1
#endif
#ifndef configRUN_MULTIPLE_PRIORITIES
#define configRUN_MULTIPLE_PRIORITIES 0
#endif
#ifndef configUSE_CORE_AFFINITY
#define configUSE_CORE_AFFINITY 0
#endif
#ifndef configUSE_TASK_PREEMPTION_DISABLE
#define configUSE_TASK_PREEMPTION_DISABLE 0
#endif
#ifndef configUSE_PASSIVE_IDLE_HOOK
#define configUSE_PASSIVE_IDLE_HOOK 0
#endif
#if configNUMBER_OF_CORES != 1
#error "configNUMBER_OF_CORES must be 1: this kernel runs on one core"
#endif
#if configRUN_MULTIPLE_PRIORITIES == 1
#error "configRUN_MULTIPLE_PRIORITIES must be 0: on one core, one task runs at a time"
#endif
#if configUSE_CORE_AFFINITY == 1
#error "configUSE_CORE_AFFINITY must be 0: there is one core"
#endif
#if configUSE_TASK_PREEMPTION_DISABLE == 1
#error "configUSE_TASK_PREEMPTION_DISABLE must be 0: use vTaskSuspendAll"
#endif
#if configUSE_PASSIVE_IDLE_HOOK == 1
#error "configUSE_PASSIVE_IDLE_HOOK must be 0: there is one idle task"
#endif

/* Ways of the past */
#ifndef configUSE_ALTERNATIVE_API
#define configUSE_ALTERNATIVE_API 0
#endif
#ifndef configINCLUDE_FREERTOS_TASK_C_ADDITIONS_H
#define configINCLUDE_FREERTOS_TASK_C_ADDITIONS_H 0
#endif
#ifndef configRUN_ADDITIONAL_TESTS
#define configRUN_ADDITIONAL_TESTS 0
#endif
#if configUSE_ALTERNATIVE_API == 1
#error "configUSE_ALTERNATIVE_API must be 0: xQueueAltSend and its like are gone, use xQueueSend"
#endif
#if configINCLUDE_FREERTOS_TASK_C_ADDITIONS_H == 1
#error "configINCLUDE_FREERTOS_TASK_C_ADDITIONS_H must be 0: there is no tasks.c to add code to"
#endif
#if configRUN_ADDITIONAL_TESTS == 1
#error "configRUN_ADDITIONAL_TESTS must be 0: the kernel's tests are programs of their own"
#endif

/* Floating point and vectors are the port's business; these are names only. */
#ifndef configENABLE_FPU
#define configENABLE_FPU 1
#endif
#ifndef configENABLE_MVE
#define configENABLE_MVE 0
#endif
#ifndef configUSE_TASK_FPU_SUPPORT
#define configUSE_TASK_FPU_SUPPORT 1
#endif
