using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace Splade.AI.Telemetry;

/// <summary>The queues of the process, asked by whoever collects metrics.</summary>
/// <remarks>
/// Queues are asked rather than counted along, so that a listener that comes late hears the truth. They are held weakly: one whose owner
/// forgot to dispose it is not kept.
/// </remarks>
internal static class WaitingTexts
{
    private static readonly ConditionalWeakTable<IWaitingTexts, string> Queues = [];

    // Not a field each: nobody reads them, and with a static constructor they are there as soon as there is a queue.
    static WaitingTexts()
    {
        Instruments.Meter.CreateObservableUpDownCounter(
            "splade.queue.texts", () => Observe(queue => queue.Waiting.Texts), "{text}", "Texts that wait for a run of the model.");
        Instruments.Meter.CreateObservableUpDownCounter(
            "splade.queue.tokens", () => Observe(queue => queue.Waiting.Tokens), "{token}", "Tokens of the texts that wait for a run of the model.");
    }

    public static void Add(IWaitingTexts queue, string model) => Queues.Add(queue, model);

    public static void Remove(IWaitingTexts queue) => Queues.Remove(queue);

    // One measurement for each set of tags: of several, collectors keep one.
    private static IEnumerable<Measurement<long>> Observe(Func<IWaitingTexts, long> length) => Queues
        .GroupBy(entry => entry.Value, entry => length(entry.Key))
        .Select(model => new Measurement<long>(model.Sum(), new KeyValuePair<string, object?>(TagNames.Model, model.Key)));
}
