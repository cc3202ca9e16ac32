using Microsoft.Extensions.AI;

namespace Splade.AI.Hybrid;

/// <summary>
/// Encodes texts for several legs: in one run where two of them are the sides of one encoder; at once, unless they have several texts for the same devices,
/// where they would only wait for each other. One text does not fill a device.
/// </summary>
internal static class LegEncoder
{
    /// <param name="legs">The legs.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="inputType">What they are.</param>
    /// <param name="cancellationToken">Ends the work early. Where one leg fails, the others are ended too.</param>
    /// <returns>What each leg made of all texts, in the order of the legs.</returns>
    /// <exception cref="InvalidOperationException">A generator returned another number of embeddings than it was given texts.</exception>
    public static async Task<EncodedLeg[]> EncodeAsync(
        IReadOnlyList<HybridLeg> legs, string[] texts, EmbeddingInputType inputType, CancellationToken cancellationToken)
    {
        var encoded = new EncodedLeg[legs.Count];
        List<Work> queues = Plan(legs, texts, Options(inputType), encoded);
        if (queues.Count == 1)
        {
            await queues[0].Run(cancellationToken).ConfigureAwait(false);
            return encoded;
        }

        using var any = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] running = [.. queues.Select(queue => queue.Run(any.Token))];
        await foreach (Task done in Task.WhenEach(running).ConfigureAwait(false))
        {
            if (!done.IsCompletedSuccessfully)
            {
                await any.CancelAsync().ConfigureAwait(false);
                await Task.WhenAll(running).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).ConfigureAwait(false);

                // Throws what failed, not the cancellation that followed from it.
                await done.ConfigureAwait(false);
            }
        }

        return encoded;
    }

    /// <summary>What can be done at once; what works on the same devices is one piece of it, done in a row.</summary>
    private static List<Work> Plan(IReadOnlyList<HybridLeg> legs, string[] texts, SpladeEmbeddingGenerationOptions options, EncodedLeg[] encoded)
    {
        var queues = new List<Work>();
        var planned = new HashSet<int>();
        for (int i = 0; i < legs.Count; i++)
        {
            int at = i;
            if (!planned.Add(at))
            {
                continue;
            }

            int other = OtherSide(legs, at);
            IReadOnlyList<string> devices = (legs[at].Generator.GetService(typeof(IDeviceUser)) as IDeviceUser)?.Devices ?? [];
            Func<CancellationToken, Task> run = other < 0
                ? async token => encoded[at] = await EncodeAsync(legs[at], texts, options, token).ConfigureAwait(false)
                : async token => (encoded[at], encoded[other]) = await EncodeBothAsync(legs[at], texts, options, token).ConfigureAwait(false);
            planned.Add(other);
            if (texts.Length > 1 && queues.Find(queue => queue.Devices.Intersect(devices).Any()) is { } queue)
            {
                queue.Add(run, devices);
            }
            else
            {
                queues.Add(new Work(run, devices));
            }
        }

        return queues;
    }

    /// <summary>The later leg that one run of an encoder makes together with a leg; -1 for none.</summary>
    private static int OtherSide(IReadOnlyList<HybridLeg> legs, int at)
    {
        if (legs[at].Generator is IJointSide { Joint: IJointEncoder encoder })
        {
            for (int i = at + 1; i < legs.Count; i++)
            {
                if (legs[i].Kind != legs[at].Kind && legs[i].Generator is IJointSide side && ReferenceEquals(side.Joint, encoder))
                {
                    return i;
                }
            }
        }

        return -1;
    }

    private static SpladeEmbeddingGenerationOptions Options(EmbeddingInputType inputType) => new() { Encoding = { InputType = inputType } };

    private static async Task<(EncodedLeg First, EncodedLeg Second)> EncodeBothAsync(
        HybridLeg first, string[] texts, SpladeEmbeddingGenerationOptions options, CancellationToken cancellationToken)
    {
        IJointEncoder encoder = ((IJointSide)first.Generator).Joint!;
        (GeneratedEmbeddings<SparseEmbedding> sparse, GeneratedEmbeddings<Embedding<float>> dense) =
            await encoder.GenerateBothAsync(texts, options, cancellationToken).ConfigureAwait(false);
        return first.Kind == VectorKind.Sparse ? (EncodedLeg.Of(sparse), EncodedLeg.Of(dense)) : (EncodedLeg.Of(dense), EncodedLeg.Of(sparse));
    }

    private static async Task<EncodedLeg> EncodeAsync(
        HybridLeg leg, string[] texts, SpladeEmbeddingGenerationOptions options, CancellationToken cancellationToken)
    {
        EncodedLeg encoded = leg.Sparse is not null
            ? EncodedLeg.Of(await leg.Sparse.GenerateAsync(texts, options, cancellationToken).ConfigureAwait(false))
            : EncodedLeg.Of(await leg.Dense!.GenerateAsync(texts, options, cancellationToken).ConfigureAwait(false));
        return encoded.Vectors.Length == texts.Length
            ? encoded
            : throw new InvalidOperationException(
                $"Found {encoded.Vectors.Length} embeddings for {texts.Length} texts, expected one for each. Check the generator {leg.Generator.GetType()}.");
    }

    private sealed class Work(Func<CancellationToken, Task> run, IReadOnlyList<string> devices)
    {
        private readonly List<Func<CancellationToken, Task>> _runs = [run];

        public List<string> Devices { get; } = [.. devices];

        public void Add(Func<CancellationToken, Task> next, IReadOnlyList<string> devices)
        {
            _runs.Add(next);
            Devices.AddRange(devices);
        }

        public async Task Run(CancellationToken cancellationToken)
        {
            foreach (Func<CancellationToken, Task> next in _runs)
            {
                await next(cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
