using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Splade.AI.Tests.TestDoubles;

/// <summary>Listens to the library's instruments, and keeps what is measured of one model.</summary>
internal sealed class MeasurementLog : IDisposable
{
    private readonly MeterListener _listener = new();

    /// <param name="model">The name of a model that no other test has.</param>
    public MeasurementLog(string model)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == SpladeTelemetry.MeterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(model, instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(model, instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Keep(model, instrument, value, tags));
        _listener.Start();
    }

    public ConcurrentQueue<(string Instrument, double Value, Dictionary<string, object?> Tags)> Entries { get; } = new();

    public double[] Values(string instrument) => [.. Entries.Where(e => e.Instrument == instrument).Select(e => e.Value)];

    public double Sum(string instrument) => Values(instrument).Sum();

    /// <summary>Asks the instruments that are asked, as a collector does now and then.</summary>
    public void Collect() => _listener.RecordObservableInstruments();

    public void Dispose() => _listener.Dispose();

    private void Keep(string model, Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        Dictionary<string, object?> known = new(tags.ToArray());
        if (model.Equals(known.GetValueOrDefault("splade.model")))
        {
            Entries.Enqueue((instrument.Name, value, known));
        }
    }
}
