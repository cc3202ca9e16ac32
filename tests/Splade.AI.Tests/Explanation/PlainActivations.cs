using Microsoft.ML.OnnxRuntime;
using Splade.AI.ModelFiles;
using Splade.AI.Onnx;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.Explanation;

/// <summary>What each token gives each term, the obvious way: all logits of a text out of the model's file as it is, one after the other.</summary>
internal sealed class PlainActivations(SpladeModel model) : IDisposable
{
    private readonly OnnxSession _session = OnnxSession.Open(new OnnxSource(model.Transformer.Source.Graph), threads: 1);

    /// <summary>The tokens that give a term anything, by what they give, the most first.</summary>
    public IReadOnlyDictionary<int, (int Position, double Activation)[]> Of(int[] ids, IEnumerable<int> terms)
    {
        using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(new TokenBatch([ids], padTokenId: 0), CancellationToken.None);
        float[] logits = outputs[0].GetTensorDataAsSpan<float>().ToArray();
        int vocabulary = logits.Length / ids.Length;
        return terms.ToDictionary(term => term, term => Enumerable.Range(0, ids.Length)
            .Select(token => (Position: token, Activation: Activate(logits[(token * vocabulary) + term])))
            .Where(t => t.Activation > 0)
            .OrderByDescending(t => t.Activation).ThenBy(t => t.Position)
            .ToArray());
    }

    public void Dispose() => _session.Dispose();

    private double Activate(double logit)
    {
        double once = Math.Log(1 + Math.Max(0, logit));
        return model.Activation == SpladeActivation.Relu ? once : Math.Log(1 + once);
    }
}
