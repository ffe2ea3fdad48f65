from keras_productgen.models.stargan.stargan import StarGAN as StarGAN
