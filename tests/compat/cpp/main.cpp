/* SPDX-License-Identifier: MIT */
/* Classes round a task, a queue, a lock and a timer; every header of the kernel is included. */
#include "FreeRTOS.h"
#include "atomic.h"
#include "event_groups.h"
#include "list.h"
#include "message_buffer.h"
#include "queue.h"
#include "semphr.h"
#include "stream_buffer.h"
#include "task.h"
#include "timers.h"

#include <cstdio>
#include <cstdlib>

extern "C" void vAssertCalled(const char *file, unsigned long line)
{
    std::printf("assert %s:%lu\n", file, line);
    std::abort();
}

extern "C" void vApplicationIdleHook(void)
{
}

class Task
{
  public:
    Task(const char *name, UBaseType_t priority) : handle_(nullptr)
    {
        configASSERT(xTaskCreate(entry, name, configMINIMAL_STACK_SIZE, this, priority, &handle_) ==
                     pdPASS);
    }
    virtual ~Task() = default;
    TaskHandle_t handle() const
    {
        return handle_;
    }

  protected:
    virtual void run() = 0;

  private:
    static void entry(void *self)
    {
        static_cast<Task *>(self)->run();
        vTaskDelete(nullptr);
    }
    TaskHandle_t handle_;
};

template <typename Item, UBaseType_t Length> class Queue
{
  public:
    Queue() : handle_(xQueueCreateStatic(Length, sizeof(Item), storage_, &buffer_))
    {
    }
    bool send(const Item &item, TickType_t wait = portMAX_DELAY)
    {
        return xQueueSend(handle_, &item, wait) == pdPASS;
    }
    bool receive(Item &item, TickType_t wait = portMAX_DELAY)
    {
        return xQueueReceive(handle_, &item, wait) == pdTRUE;
    }

  private:
    StaticQueue_t buffer_;
    uint8_t storage_[Length * sizeof(Item)];
    QueueHandle_t handle_;
};

class Lock
{
  public:
    explicit Lock(SemaphoreHandle_t mutex) : mutex_(mutex)
    {
        xSemaphoreTakeRecursive(mutex_, portMAX_DELAY);
    }
    ~Lock()
    {
        xSemaphoreGiveRecursive(mutex_);
    }
    Lock(const Lock &) = delete;
    Lock &operator=(const Lock &) = delete;

  private:
    SemaphoreHandle_t mutex_;
};

static SemaphoreHandle_t mutex = xSemaphoreCreateRecursiveMutex(); /* before main */

struct Reading {
    int channel;
    double value;
};

static Queue<Reading, 3> readings;

class Sensor : public Task
{
  public:
    Sensor() : Task("sensor", 2)
    {
    }

  private:
    void run() override
    {
        for (int i = 0; i < 3; i++) {
            Lock lock(mutex);
            vTaskDelay(pdMS_TO_TICKS(5));
            readings.send(Reading{i, i * 0.5});
        }
    }
};

class Display : public Task
{
  public:
    Display() : Task("display", 1)
    {
    }

  private:
    void run() override
    {
        Reading reading{};
        while (readings.receive(reading, pdMS_TO_TICKS(50)))
            std::printf("channel %d: %.1f\n", reading.channel, reading.value);
        Lock lock(mutex);
        TimerHandle_t timer = xTimerCreate("end", 10, pdFALSE, this, [](TimerHandle_t) {
            std::puts("timer");
            std::exit(0);
        });
        xTimerStart(timer, 0);
        vTaskSetThreadLocalStoragePointer(nullptr, 0, this);
        configASSERT(pvTaskGetThreadLocalStoragePointer(nullptr, 0) == this);
        ulTaskNotifyTake(pdTRUE, portMAX_DELAY);
    }
};

int main()
{
    static Sensor sensor;
    static Display display;

    List_t list;
    vListInitialise(&list);
    uint32_t counter = 0;
    Atomic_Increment_u32(&counter);
    configASSERT(listLIST_IS_EMPTY(&list) && counter == 1 && sensor.handle() != display.handle());
    vTaskStartScheduler();
    return 1;
}
