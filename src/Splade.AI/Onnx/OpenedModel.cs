using Splade.AI.Telemetry;

namespace Splade.AI.Onnx;

/// <summary>A model's sessions and what is left to do with their outputs: all of its loading that needs no tokenizer.</summary>
/// <param name="Vocabulary">The number of logits that was looked for; null if none were.</param>
/// <param name="Plan">How the model will be run.</param>
/// <param name="Sessions">Its sessions.</param>
internal sealed record OpenedModel(int? Vocabulary, ModelPlan Plan, OnnxSessions Sessions) : IDisposable
{
    /// <exception cref="SpladeModelException">The file cannot be loaded.</exception>
    public static OpenedModel Open(string name, int? vocabulary, ModelPlan plan, OnnxSettings settings, OnnxDevice device)
    {
        WorkerPlan workers = plan.IsSmall ? settings.Workers.ForSmallModel() : settings.Workers;
        try
        {
            var sessions = new OnnxSessions(
                plan.Source, workers.Threads, workers.BusyThreads, device, reason => Log.OneSession(settings.Logger, name, reason));
            return new OpenedModel(vocabulary, plan, sessions);
        }
        catch
        {
            plan.Weights?.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Sessions.Dispose();
        Plan.Weights?.Dispose();
    }
}
