using Splade.AI.OnnxGraph;
using Splade.AI.Telemetry;
using Splade.AI.Tokenization;

namespace Splade.AI.Onnx.Outputs;

/// <summary>Loads a model several of whose outputs are read, and runs small texts, to see what the file leaves open.</summary>
/// <param name="Name">The model's name, for the log.</param>
/// <param name="Graph">The model's graph.</param>
/// <param name="Outputs">The outputs that are read.</param>
/// <param name="Settings">How it will be run.</param>
/// <param name="Tokenizer">The model's tokenizer.</param>
internal sealed record OutputsLoader(string Name, GraphSource Graph, IReadOnlyList<ReadOutput> Outputs, OnnxSettings Settings, Tokenizer Tokenizer)
{
    /// <summary>Loads the model on each of the devices that a user asks for.</summary>
    /// <param name="arithmetic">What makes of the outputs what is kept of a text.</param>
    /// <exception cref="SpladeModelException">The model cannot be used, or not on these devices.</exception>
    public IReadOnlyList<OutputsModel<T>> LoadOnAll<T>(TextArithmetic<T> arithmetic) => Settings.Devices.Open(
        device => Load(device, arithmetic),
        (device, reason) => DeviceReport.NotUsed(Settings.Logger, Name, device.ToString(), reason.Message));

    private OutputsModel<T> Load<T>(OnnxDevice device, TextArithmetic<T> arithmetic)
    {
        var source = new OnnxSource(Graph) { Outputs = [.. Outputs.Select(o => o.Name)] };
        var sessions = new OnnxSessions(
            source, Settings.Workers.Threads, Settings.Workers.BusyThreads, device, reason => Log.OneSession(Settings.Logger, Name, reason));
        try
        {
            var probe = new OutputsProbe(sessions, Tokenizer, Settings.PadTokenId, Graph.Path);
            ReadOutput[] outputs = probe.Resolve(Outputs);
            bool isInvariant = probe.IsBatchInvariant(outputs);
            if (!isInvariant)
            {
                Log.RunsOneAtATime(Settings.Logger, Name);
            }

            return new OutputsModel<T>(sessions, outputs, arithmetic)
            {
                Device = device.ToString(),
                TokenBudget = isInvariant ? BudgetOf(outputs) : 1,
                ConcurrentRuns = device == OnnxDevice.Cpu ? Settings.Workers.Runs : Settings.RunsOnDevice,
            };
        }
        catch
        {
            sessions.Dispose();
            throw;
        }
    }

    // What gives a row of a whole vocabulary for a text may have made one for each token before.
    private int BudgetOf(ReadOutput[] outputs) => outputs.Any(o => o.Kind == OutputKind.Text && o.Width == Tokenizer.Vocabulary.Count)
        ? OnnxSettings.TokensInUnknownGraph
        : OnnxSettings.TokenBudget;
}
