using Splade.AI.ModelFiles;

namespace Splade.AI.Tests.ModelFiles;

public sealed class SpladeModelTests
{
    [Fact]
    public void Read_EmbeddedModel_DescribesIt()
    {
        SpladeModel model = SpladeModel.Read(EngineFixture.ModelFolder + Path.DirectorySeparatorChar);
        Assert.Equal("splade-tiny", model.Name);
        Assert.Equal(512, model.MaxTokens);
        Assert.Equal(["document", "query"], model.Prompts.Keys.Order());
        Assert.EndsWith(Path.Combine("onnx", "model.onnx"), model.ModelFile, StringComparison.Ordinal);
        Assert.StartsWith("splade-tiny: SPLADE on BertForMaskedLM", model.ToString(), StringComparison.Ordinal);
        Assert.Contains("max of log1p(relu)", model.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OldModuleNames_AreUnderstood()
    {
        using TemporaryModel model = TemporaryModel.CopyOfSpladeTiny();
        model.Write("modules.json", """
            [{"path": "", "type": "sentence_transformers.sparse_encoder.models.MLMTransformer"},
             {"path": "1_SpladePooling", "type": "sentence_transformers.sparse_encoder.models.SpladePooling"}]
            """);
        Assert.Equal(512, SpladeModel.Read(model.Folder).MaxTokens);
    }

    [Theory]
    [InlineData("""{"max_seq_length": 256}""", 256)]
    [InlineData("""{"max_seq_length": 256.0}""", 256)]
    [InlineData("""{"max_seq_length": 4096}""", 512)]
    [InlineData("{}", 512)]
    public void Read_LimitOfSentenceTransformers_CountsUpToTheModelsPositions(string config, int expected)
    {
        using TemporaryModel model = TemporaryModel.CopyOfSpladeTiny();
        model.Write("sentence_bert_config.json", config);
        Assert.Equal(expected, SpladeModel.Read(model.Folder).MaxTokens);
    }

    [Fact]
    public void Read_OnnxFileInTheRoot_IsFound()
    {
        using TemporaryModel model = TemporaryModel.CopyOfSpladeTiny();
        File.Move(model.PathOf("onnx/model.onnx"), model.PathOf("model.onnx"));
        Assert.Equal(model.PathOf("model.onnx"), SpladeModel.Read(model.Folder).ModelFile);
    }

    [Fact]
    public void PromptFor_UseOfAText_IsChosenAsSentenceTransformersDoes()
    {
        using TemporaryModel model = TemporaryModel.CopyOfSpladeTiny();
        model.Write("config_sentence_transformers.json", """{"prompts": {"query": "search: ", "passage": "text: ", "corpus": "no"}}""");
        ModelFolder files = SpladeModel.Read(model.Folder).Files;
        Assert.Equal("search: ", files.PromptFor(EmbeddingInputType.Query));
        Assert.Equal("", files.PromptFor(EmbeddingInputType.Document));
        Assert.Equal("", files.PromptFor(EmbeddingInputType.Query, promptName: "document"));
        Assert.Equal("text: ", files.PromptFor(EmbeddingInputType.Document, promptName: "passage"));
        Assert.Equal("no", files.PromptFor(EmbeddingInputType.Document, promptName: "corpus"));
        Assert.Equal("mine", files.PromptFor(EmbeddingInputType.Document, "mine", "corpus"));
        var error = Assert.Throws<ArgumentException>("promptName", () => files.PromptFor(EmbeddingInputType.Query, promptName: "other"));
        Assert.Contains("[corpus, passage, query]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PromptFor_UseWithoutPrompt_IsNothingWhateverTheDefault()
    {
        using TemporaryModel model = TemporaryModel.CopyOfSpladeTiny();
        model.Write("config_sentence_transformers.json", """{"prompts": {"query": "q: ", "other": "o: ", "other": "last: "}, "default_prompt_name": "other"}""");
        ModelFolder files = SpladeModel.Read(model.Folder).Files;
        Assert.Equal("q: ", files.PromptFor(EmbeddingInputType.Query));
        Assert.Equal("", files.PromptFor(EmbeddingInputType.Document));
        Assert.Equal("last: ", files.PromptFor(EmbeddingInputType.Document, promptName: "other"));
    }

    [Fact]
    public void Read_BareMaskedLanguageModel_IsSpladeWithItsUsualPooling()
    {
        using TemporaryModel model = TemporaryModel.CopyOfSpladeTiny();
        model.Delete("modules.json");
        SpladeModel read = SpladeModel.Read(model.Folder);
        Assert.Equal((PoolingStrategy.Max, SpladeActivation.Relu), (read.Pooling, read.Activation));
        model.Write("config.json", """{"architectures": ["BertModel"], "max_position_embeddings": 512}""");
        Assert.Contains("ForMaskedLM", Assert.Throws<SpladeModelException>(() => SpladeModel.Read(model.Folder)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("---\nlanguage: en\nlicense: cc-by-nc-sa-4.0\n---\n# Model", "cc-by-nc-sa-4.0", true)]
    [InlineData("---\nlicense: apache-2.0\ntags:\n- nc\n---\n", "apache-2.0", false)]
    public void License_OfTheModelCard_IsRead(string card, string license, bool nonCommercial)
    {
        using TemporaryModel model = TemporaryModel.CopyOfSpladeTiny();
        model.Write("README.md", card);
        SpladeModel read = SpladeModel.Read(model.Folder);
        Assert.Equal((license, nonCommercial), (read.License, read.IsNonCommercial));
    }

    [Fact]
    public void License_WithoutAModelCard_IsTheTopOfTheLicenceFile()
    {
        using TemporaryModel model = TemporaryModel.CopyOfSpladeTiny();
        Assert.Equal("Apache License", SpladeModel.Read(model.Folder).License);
        model.Delete("LICENSE");
        Assert.Null(SpladeModel.Read(model.Folder).License);
    }

    [Fact]
    public void ComputeFileHashes_EmbeddedModel_NamesItsFiles()
    {
        SpladeModel model = SpladeModel.Read(EngineFixture.ModelFolder);
        Assert.Equal(["onnx/model.onnx", "tokenizer.json"], model.ComputeFileHashes().Keys);
        Assert.All(model.ComputeFileHashes().Values, hash => Assert.Equal(64, hash.Length));
    }

    [Theory]
    [InlineData("""{"query": "mars ", "passage": "bread "}""", null, "mars sun", "sun")]
    [InlineData("""{"custom": "bread "}""", "custom", "sun", "sun")]
    [InlineData("""{"query": null, "document": "bread "}""", "document", "sun", "bread sun")]
    public async Task Prompts_ByNameAndByDefault_AreTakenAsEncodeQueryAndEncodeDocumentDo(string prompts, string? byDefault, string query, string document)
    {
        using TemporaryModel model = TemporaryModel.CopyOfSpladeTiny();
        string name = byDefault is null ? "null" : $"\"{byDefault}\"";
        model.Write("config_sentence_transformers.json", $$"""{"prompts": {{prompts}}, "default_prompt_name": {{name}}}""");
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(model.Folder), plain = await SpladeEngine.CreateAsync(EngineFixture.ModelFolder);
        var asQuery = new SpladeEncodingOptions { InputType = EmbeddingInputType.Query };
        Assert.Equal((await plain.EncodeAsync([query]))[0], (await engine.EncodeAsync(["sun"], asQuery))[0]);
        Assert.Equal((await plain.EncodeAsync([document]))[0], (await engine.EncodeAsync(["sun"]))[0]);
    }

    [Fact]
    public void ToString_PromptsOfOtherNames_SaysThatTheyAreTakenByNameOnly()
    {
        using TemporaryModel model = TemporaryModel.CopyOfSpladeTiny();
        model.Write("config_sentence_transformers.json", """{"prompts": {"passage": "text: "}, "default_prompt_name": "passage"}""");
        Assert.Contains("passage: 'text: ' (only by name)", SpladeModel.Read(model.Folder).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ModulePathWrittenOnWindows_IsFound()
    {
        using TemporaryModel model = TemporaryModel.CopyOfSpladeTiny();
        Directory.CreateDirectory(model.PathOf("modules"));
        Directory.Move(model.PathOf("1_SpladePooling"), model.PathOf("modules/1_SpladePooling"));
        model.Write("modules.json", """[{"path": "", "type": "x.Transformer"}, {"path": "modules\\1_SpladePooling", "type": "x.SpladePooling"}]""");
        Assert.Equal(PoolingStrategy.Max, SpladeModel.Read(model.Folder).Pooling);
    }

    [Theory]
    [InlineData("sentence_bert_config.json", """{"max_seq_length": 256.0}""", 256)]
    [InlineData("tokenizer_config.json", """{"model_max_length": 16.0}""", 16)]
    [InlineData("tokenizer_config.json", """{"model_max_length": 1000000000000000019884624838656}""", 512)]
    public void Read_LimitWrittenAsAFloat_Counts(string file, string content, int expected)
    {
        using TemporaryModel model = TemporaryModel.CopyOfSpladeTiny();
        model.Write(file, content);
        Assert.Equal(expected, SpladeModel.Read(model.Folder).MaxTokens);
    }

    [Fact]
    public void Read_LimitThatNoModelHas_IsRefused()
    {
        using TemporaryModel model = TemporaryModel.CopyOfSpladeTiny();
        model.Write("config.json", """{"max_position_embeddings": 2000000000}""");
        model.Write("sentence_bert_config.json", """{"max_seq_length": 2000000000}""");
        var error = Assert.Throws<SpladeModelException>(() => SpladeModel.Read(model.Folder));
        Assert.Contains("'max_seq_length' is 2000000000", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prompts_OfTheModel_ArePutBeforeTheText()
    {
        using TemporaryModel model = TemporaryModel.CopyOfSpladeTiny();
        model.Write("config_sentence_transformers.json", """{"prompts": {"query": "mars: ", "document": ""}}""");
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(model.Folder);
        SpladeEncoding query = (await engine.EncodeAsync(["red"], new SpladeEncodingOptions { InputType = EmbeddingInputType.Query }))[0];
        SpladeEncoding document = (await engine.EncodeAsync(["mars: red"]))[0];
        Assert.Equal(document, query);
    }
}
