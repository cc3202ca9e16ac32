using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Splade.AI.Telemetry;

/// <summary>Says that a device which a model was to run on if possible is not used: in the log with the reason, and in the host's span in which the model is loaded.</summary>
internal static class DeviceReport
{
    /// <summary>The name of the event.</summary>
    public const string NotUsedEvent = "splade.device.not_used";

    public static void NotUsed(ILogger logger, string model, string device, string reason)
    {
        Activity.Current?.AddEvent(new ActivityEvent(NotUsedEvent, tags: new ActivityTagsCollection { { TagNames.Model, model }, { TagNames.Device, device } }));
        Log.DeviceNotUsed(logger, model, device, reason);
    }
}
