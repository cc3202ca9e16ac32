namespace Splade.AI.Onnx;

/// <summary>A model's sessions and what is left to do with their outputs: all of its loading that needs no tokenizer.</summary>
/// <param name="Vocabulary">The number of logits that was looked for; null if none were.</param>
/// <param name="Plan">How the model will be run.</param>
/// <param name="Sessions">Its sessions.</param>
internal sealed record OpenedModel(int? Vocabulary, ModelPlan Plan, OnnxSessions Sessions) : IDisposable
{
    /// <exception cref="SpladeModelException">The file cannot be loaded.</exception>
    public static OpenedModel Open(int? vocabulary, ModelPlan plan, WorkerPlan workers, OnnxDevice device)
    {
        WorkerPlan threads = plan.IsSmall ? workers.ForSmallModel() : workers;
        try
        {
            return new OpenedModel(vocabulary, plan, new OnnxSessions(plan.Source, threads.Threads, threads.BusyThreads, device));
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
