using System.Text.Json.Nodes;
using Splade.AI.Architectures;
using Splade.AI.Weights;

namespace Splade.AI.Tests.Architectures;

/// <summary>Checkpoints whose tensors are not those of the model that the configuration describes.</summary>
public sealed class TensorRefusalTests
{
    [Fact]
    public void Write_EncoderAloneUnderAMaskedLanguageModel_SaysWhatIsMissingAndWhatIsThere()
    {
        SpladeModelException refusal = Assert.Throws<SpladeModelException>(
            () => FixtureGraph.Write("checkpoint-variants/head-missing", GraphTask.MaskedLanguageModel));
        Assert.Contains("'cls.predictions.transform.dense.weight' is missing, which BertForMaskedLM needs", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("The file has embeddings.LayerNorm.*, embeddings.position_embeddings.*", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonzero-bert", "bert.embeddings.LayerNorm.bias")]
    [InlineData("nonzero-bert", "bert.encoder.layer.1.output.dense.weight")]
    [InlineData("nonzero-bert", "cls.predictions.bias")]
    [InlineData("nonzero-distilbert", "distilbert.transformer.layer.0.attention.v_lin.bias")]
    [InlineData("nonzero-distilbert", "vocab_projector.bias")]
    [InlineData("nonzero-roberta", "roberta.embeddings.token_type_embeddings.weight")]
    [InlineData("nonzero-xlmr", "lm_head.bias")]
    [InlineData("nonzero-modernbert", "model.layers.1.attn_norm.weight")]
    [InlineData("nonzero-modernbert", "decoder.bias")]
    public void Write_TensorMissing_RefusesItByNameAndClass(string model, string tensor)
    {
        SpladeModelException refusal = Refusal(model, tensors => Assert.True(tensors.Remove(tensor)));
        Assert.Contains($"Tensor '{tensor}' is missing, which ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("ForMaskedLM needs", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonzero-bert", "bert.encoder.layer.0.attention.self.query.lora_A.weight")]
    [InlineData("nonzero-bert", "bert.encoder.layer.0.attention.self.distance_embedding.weight")]
    [InlineData("nonzero-bert", "bert.embeddings_project.weight")]
    [InlineData("nonzero-bert", "bert.encoder.layer.2.output.dense.weight")]
    [InlineData("nonzero-bert", "encoder.layer.0.output.adapters.a.weight")]
    [InlineData("nonzero-bert", "cls.predictions.transform.extra.weight")]
    [InlineData("nonzero-bert", "some_adapter.down.weight")]
    [InlineData("nonzero-distilbert", "distilbert.transformer.layer.0.ffn.lin3.weight")]
    [InlineData("nonzero-roberta", "lm_head.extra.weight")]
    [InlineData("nonzero-modernbert", "model.layers.0.attn_norm.weight")]
    [InlineData("nonzero-modernbert", "model.layers.0.attn.Wqkv.bias")]
    public void Write_TensorWithoutAPlace_RefusesItByName(string model, string tensor)
    {
        SpladeModelException refusal = Refusal(model, tensors => tensors.Add(tensor, tensors.Values.First() with { Name = tensor }));
        Assert.Contains($"Tensor '{tensor}' has no place in ", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bert.embeddings.token_type_ids")]
    [InlineData("bert.pooler.dense.weight")]
    [InlineData("bert.encoder.layer.0.rotary_emb.inv_freq")]
    [InlineData("cls.seq_relationship.weight")]
    [InlineData("cls.predictions.decoder.bias")]
    [InlineData("classifier.weight")]
    public void Write_TensorThatChangesNothing_IsIgnored(string tensor) => Assert.Empty(Write("nonzero-bert", tensors =>
        tensors.TryAdd(tensor, tensors["cls.predictions.bias"] with { Name = tensor })).UnknownSettings);

    [Fact]
    public void Write_TensorBesideTheModel_IsListed()
    {
        WrittenGraph graph = Write("nonzero-bert", tensors => tensors.Add("temperature", tensors.Values.First() with { Name = "temperature" }));
        Assert.Equal(["tensor 'temperature' of model.safetensors"], graph.UnknownSettings);
    }

    [Fact]
    public void Write_ManyTensorsBesideTheModel_ListsEightAndCountsTheRest()
    {
        IReadOnlyList<string> unknown = Write("nonzero-bert", tensors => AddNoise(tensors, 20)).UnknownSettings;
        Assert.Equal(9, unknown.Count);
        Assert.Equal("and 12 more", unknown[8]);
        Assert.All(unknown, name => Assert.True(name.Length < 150 && !name.Any(char.IsControl), name));
    }

    [Fact]
    public void Write_TensorMissingAmongMany_NamesEightPartsInShort()
    {
        SpladeModelException refusal = Refusal("nonzero-bert", tensors =>
        {
            tensors.Remove("cls.predictions.bias");
            AddNoise(tensors, 20);
        });
        Assert.Contains("more. It belongs to a model of another kind", refusal.Message, StringComparison.Ordinal);
        Assert.True(refusal.Message.Length < 1200 && !refusal.Message.Any(char.IsControl), refusal.Message);
    }

    [Theory]
    [InlineData("BertForNextSentencePrediction", "cls.seq_relationship.weight")]
    [InlineData("BertForPreTraining", "cls.seq_relationship.weight")]
    [InlineData("BertForMultipleChoice", "classifier.weight")]
    public void Write_EncoderOfAModelWithAnotherHead_LeavesTheHeadAside(string modelClass, string head)
    {
        WrittenGraph graph = Encoder(modelClass, tensors => tensors.TryAdd(head, tensors.Values.First() with { Name = head }));
        Assert.Equal(Encoder("BertModel", _ => { }).Model, graph.Model);
        Assert.Empty(graph.UnknownSettings);
        Assert.Throws<SpladeModelException>(() => Encoder(modelClass, tensors => tensors.Remove("bert.embeddings.LayerNorm.bias")));

        static WrittenGraph Encoder(string modelClass, Action<Dictionary<string, WeightTensor>> change) => FixtureGraph.Write(
            FixtureGraph.Folder("checkpoint-variants/nonzero-bert"), GraphTask.Encoder, config => config["architectures"] = new JsonArray(modelClass), change);
    }

    [Fact]
    public void Write_TensorOfAnotherShape_SaysBoth()
    {
        const string Name = "bert.encoder.layer.0.intermediate.dense.weight";
        SpladeModelException refusal = Refusal("nonzero-bert", tensors => tensors[Name] = tensors[Name] with { Shape = [32, 64] });
        Assert.Contains($"'{Name}' is F32 of shape [32, 64], expected the shape [64, 32]", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("I8")]
    [InlineData("F8_E4M3")]
    public void Write_WeightOfAnotherType_SaysThatItIsNotSupported(string type)
    {
        const string Name = "bert.encoder.layer.0.intermediate.dense.weight";
        SpladeModelException refusal = Refusal("nonzero-bert", tensors => tensors[Name] = tensors[Name] with { Type = WeightType.Other, TypeName = type });
        Assert.Contains(
            $"'{Name}' is {type} of shape [64, 32], expected float32, float16 or bfloat16: quantised weights are not", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("F64")]
    [InlineData("float64")]
    public void Write_WeightOfDoublePrecision_SaysWhatToSaveItIn(string type)
    {
        const string Name = "bert.encoder.layer.0.intermediate.dense.weight";
        SpladeModelException refusal = Refusal("nonzero-bert", tensors => tensors[Name] = tensors[Name] with { Type = WeightType.Other, TypeName = type });
        Assert.Contains($"'{Name}' is {type} of shape [64, 32], expected float32", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Save the model in float32", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("quantised", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_HeadBesideAnEncoderWithoutPrefix_IsRefused()
    {
        SpladeModelException refusal = Refusal("nonzero-bert", tensors =>
        {
            foreach ((string name, WeightTensor tensor) in tensors.Where(t => t.Key.StartsWith("bert.", StringComparison.Ordinal)).ToArray())
            {
                tensors.Remove(name);
                tensors.Add(name[5..], tensor with { Name = name[5..] });
            }
        });
        Assert.Contains("no tensor of an encoder under 'bert.'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_OneTensorUnderTwoNames_IsRefused()
    {
        const string Name = "bert.embeddings.LayerNorm.gamma";
        SpladeModelException refusal = Refusal("nonzero-bert", tensors => tensors.Add(Name, tensors["bert.embeddings.LayerNorm.weight"] with { Name = Name }));
        Assert.Contains($"'{Name}' and 'bert.embeddings.LayerNorm.weight' are two names of one tensor", refusal.Message, StringComparison.Ordinal);
    }

    private static void AddNoise(Dictionary<string, WeightTensor> tensors, int count)
    {
        for (int i = 0; i < count; i++)
        {
            string name = $"{i}\u001b[31m{new string('y', 200)}.weight";
            tensors.Add(name, tensors.Values.First() with { Name = name });
        }
    }

    private static WrittenGraph Write(string model, Action<Dictionary<string, WeightTensor>> change) =>
        FixtureGraph.Write(FixtureGraph.Folder($"checkpoint-variants/{model}"), GraphTask.MaskedLanguageModel, _ => { }, change);

    private static SpladeModelException Refusal(string model, Action<Dictionary<string, WeightTensor>> change) =>
        Assert.Throws<SpladeModelException>(() => Write(model, change));
}
