using System.Diagnostics;
using Splade.AI.Telemetry;
using Splade.AI.Tests.TestDoubles;

namespace Splade.AI.Tests.Telemetry;

/// <summary>What calls of the engine and of the dense generator tell.</summary>
public sealed class CallTelemetryTests : IDisposable
{
    private const string SecretText = "the red planet xyzzyx";

    private readonly string _model = "telemetry-" + Path.GetRandomFileName();
    private readonly MeasurementLog _log;
    private readonly SpanLog _spans = new(SpladeTelemetry.ActivitySourceName);

    public CallTelemetryTests() => _log = new MeasurementLog(_model);

    public void Dispose()
    {
        _log.Dispose();
        _spans.Dispose();
    }

    [Fact]
    public async Task EncodeAsync_Texts_AreMeasuredAndNeverShown()
    {
        using TemporaryModel model = TemporaryModel.CopyOfSpladeTiny(_model);
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(new SpladeEngineOptions(model.Folder) { Encoding = { MaxTokens = 10 } });
        var asQueries = new SpladeEncodingOptions { InputType = EmbeddingInputType.Query };
        IReadOnlyList<SpladeEncoding> encodings = await engine.EncodeAsync([SecretText, SecretText + " " + SecretText], asQueries);
        int tokens = encodings.Sum(e => e.TokenCount);

        Assert.Single(_log.Values("splade.encode.duration"));
        Assert.Equal(2, _log.Sum("splade.encode.texts"));
        Assert.Equal(tokens, _log.Sum("splade.encode.tokens"));
        Assert.Equal(encodings.Count(e => e.Truncated), _log.Sum("splade.encode.truncated_texts"));
        Assert.Equal(encodings.Select(e => (double)e.Vector.Count).Order(), _log.Values("splade.encode.active_dimensions").Order());
        Assert.Equal([0d], _log.Values("splade.encode.empty_vectors"));
        Assert.Equal([false, true], encodings.Select(e => e.Truncated));

        Activity span = Assert.Single(_spans.Of(_model));
        Assert.Equal(("splade.encode", ActivityKind.Internal, ActivityStatusCode.Unset), (span.OperationName, span.Kind, span.Status));
        Assert.Equal(
            [("splade.input_type", "query"), ("splade.model", _model), ("splade.texts", "2"), ("splade.tokens", $"{tokens}"), ("splade.truncated_texts", "1")],
            span.TagObjects.Select(t => (t.Key, t.Value!.ToString()!)).Order());

        IEnumerable<object?> told = _log.Entries.SelectMany(e => e.Tags.Values).Concat(span.TagObjects.Select(t => t.Value)).Append(span.DisplayName);
        Assert.DoesNotContain(told, value => value!.ToString()!.Contains("xyzzyx", StringComparison.OrdinalIgnoreCase));
        Assert.All(
            _log.Entries.Where(e => e.Instrument.StartsWith("splade.encode", StringComparison.Ordinal)), e => Assert.Equal("query", e.Tags["splade.input_type"]));
    }

    [Fact]
    public async Task EncodeAsync_ConcurrentCallers_CountsAddUp()
    {
        using TemporaryModel model = TemporaryModel.CopyOfSpladeTiny(_model);
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(model.Folder);
        IReadOnlyList<SpladeEncoding>[] calls = await Task.WhenAll(Enumerable.Range(1, 24).Select(texts =>
            Task.Run(() => engine.EncodeAsync(Enumerable.Range(0, texts).Select(i => string.Join(' ', Enumerable.Repeat("mars", i + 1)))))));

        SpladeEncoding[] all = [.. calls.SelectMany(c => c)];
        Assert.Equal(24, _log.Values("splade.encode.duration").Length);
        Assert.Equal(all.Length, _log.Sum("splade.encode.texts"));
        Assert.Equal(all.Sum(e => e.TokenCount), _log.Sum("splade.encode.tokens"));
        Assert.Equal(all.Sum(e => e.Vector.Count), _log.Sum("splade.encode.active_dimensions"));
        Assert.Equal(all.Length, _log.Sum("splade.batch.size"));
        Assert.All(_log.Values("splade.batch.padding"), share => Assert.InRange(share, 0, 0.999));
        Assert.Equal(_log.Values("splade.batch.size").Length, _log.Values("splade.batch.padding").Length);
        Assert.All(_log.Entries.Where(e => e.Instrument == "splade.batch.size"), e => Assert.Equal("cpu", e.Tags["splade.device"]));
        Assert.Equal(24, _spans.Of(_model).Length);
    }

    [Fact]
    public async Task EncodeAsync_CancelledCall_HasItsErrorType()
    {
        using TemporaryModel model = TemporaryModel.CopyOfSpladeTiny(_model);
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(model.Folder);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => engine.EncodeAsync(["mars"], cancellationToken: cancelled.Token));
        AssertFailed("System.OperationCanceledException");
    }

    [Fact]
    public async Task MeasureAsync_FailedCall_HasItsErrorTypeAndNoCounts()
    {
        var error = new SpladeModelException("failed on 'xyzzyx'", "model.onnx");
        SpladeModelException thrown = await Assert.ThrowsAsync<SpladeModelException>(() => new CallTelemetry(_model).MeasureAsync<int>(
            EmbeddingInputType.Document, 1, () => Task.FromException<int[]>(error), _ => default));
        Assert.Same(error, thrown);
        AssertFailed("Splade.AI.SpladeModelException");
        Activity span = _spans.Of(_model)[0];
        Assert.DoesNotContain("xyzzyx", string.Join(' ', span.TagObjects.Select(t => t.Value).Append(span.StatusDescription)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MeasureAsync_EmptyVectors_AreCounted()
    {
        int?[] active = [0, 3, 0];
        await new CallTelemetry(_model).MeasureAsync(
            EmbeddingInputType.Document, 3, () => Task.FromResult(active), count => new EncodedFacts(2, Truncated: false, count));
        Assert.Equal(2, _log.Sum("splade.encode.empty_vectors"));
        Assert.Equal([0d, 3, 0], _log.Values("splade.encode.active_dimensions"));
    }

    [Fact]
    public async Task GenerateAsync_DenseModel_TellsAllButActiveDimensions()
    {
        using TemporaryModel model = TemporaryModel.CopyOf(Path.Combine(Repository.Models, "all-minilm-l6-v2-int8"), _model);
        await using DenseEmbeddingGenerator generator = await DenseEmbeddingGenerator.CreateAsync(model.Folder);
        await generator.GenerateAsync(["mars"]);
        Assert.Equal((1, 3), (_log.Sum("splade.encode.texts"), _log.Sum("splade.encode.tokens")));
        Assert.Equal([1d], _log.Values("splade.batch.size"));
        Assert.Empty(_log.Values("splade.encode.active_dimensions"));
        Assert.Empty(_log.Values("splade.encode.empty_vectors"));
    }

    private void AssertFailed(string errorType)
    {
        (string instrument, _, Dictionary<string, object?> tags) = Assert.Single(_log.Entries);
        Assert.Equal(("splade.encode.duration", errorType), (instrument, tags["error.type"]));
        Activity span = Assert.Single(_spans.Of(_model));
        Assert.Equal((errorType, ActivityStatusCode.Error), (span.GetTagItem("error.type"), span.Status));
    }
}
